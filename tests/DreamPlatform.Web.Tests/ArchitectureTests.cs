using System.Reflection;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Web.Tests;

public sealed class ArchitectureTests
{
    private const string Ours = "DreamPlatform.";

    private static readonly Assembly[] Layers =
        [typeof(Event).Assembly, typeof(Database).Assembly, typeof(IOwnerGrain).Assembly, typeof(Program).Assembly];

    [Fact]
    public void No_assembly_reaches_upwards()
    {
        for (var layer = 0; layer < Layers.Length; layer++)
        {
            var below = Layers.Take(layer).Select(assembly => assembly.GetName().Name);
            var references = Layers[layer].GetReferencedAssemblies().Select(name => name.Name!)
                .Where(name => name.StartsWith(Ours, StringComparison.Ordinal));
            Assert.Empty(references.Except(below));
        }
    }

    [Fact]
    public void The_storage_knows_no_Orleans_and_only_the_web_knows_HTTP()
    {
        Assert.DoesNotContain(References(Layers[1]), name => name.StartsWith("Orleans", StringComparison.Ordinal));
        Assert.DoesNotContain(References(Layers[1]), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.DoesNotContain(References(Layers[2]), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void No_grain_hands_out_the_private_state_it_keeps()
    {
        var states = Layers[2].GetTypes().SelectMany(type => type.GetConstructors())
            .SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IPersistentState<>))
            .Select(type => type.GetGenericArguments()[0]).ToHashSet();
        var answers = Layers[2].GetTypes().Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)))
            .SelectMany(type => type.GetMethods()).ToArray();

        Assert.True(states.Count >= 5);
        Assert.NotEmpty(answers);
        Assert.All(answers, method => Assert.DoesNotContain(Within(method.ReturnType), states.Contains));
    }

    /// <summary>A type and what it is made of.</summary>
    private static IEnumerable<Type> Within(Type type) =>
        type.GetGenericArguments().SelectMany(Within).Append(type).Concat(type.IsArray ? Within(type.GetElementType()!) : []);

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
