using System.Reflection;
using System.Text.RegularExpressions;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Shared;

public sealed partial class ArchitectureTests
{
    private static readonly Assembly Domain = typeof(Event).Assembly;

    private static readonly Type[] Bases =
    [
        typeof(Event), typeof(Command), typeof(Rejection), typeof(StreamState), typeof(Outcome), typeof(DossierContent),
        typeof(IPrivate),
    ];

    /// <summary>What is kept for good, and so has a version.</summary>
    private static readonly Type[] VersionedBases = [typeof(Event), typeof(DossierContent), typeof(IPrivate)];

    /// <summary>What is stored or sent under a name.</summary>
    private static readonly Type[] Named =
    [
        .. Domain.GetTypes().Where(type => !type.IsAbstract && Bases.Any(type.IsAssignableTo)),
    ];

    public static TheoryData<string> NamedTypes => [.. Named.Select(type => type.FullName!)];

    [Fact]
    public void The_domain_refers_only_to_the_framework()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.All(Domain.GetReferencedAssemblies(), reference =>
            Assert.True(File.Exists(Path.Combine(framework, $"{reference.Name}.dll")), reference.FullName));
    }

    [Theory]
    [MemberData(nameof(NamedTypes))]
    public void What_is_stored_has_a_name_in_kebab_case_and_what_is_kept_a_version(string typeName)
    {
        var type = Domain.GetType(typeName)!;
        var name = type.GetCustomAttribute<StoredAsAttribute>()?.Name;
        Assert.NotNull(name);
        Assert.Matches(VersionedBases.Any(type.IsAssignableTo) ? VersionedKebab() : Kebab(), name);
        Assert.Equal(type, StoredNames.TypeOf(name));
    }

    [Fact]
    public void Names_are_unique_and_only_such_types_have_one()
    {
        var marked = Domain.GetTypes().Where(type => type.IsDefined(typeof(StoredAsAttribute))).ToArray();
        Assert.Equal(Named.OrderBy(type => type.FullName), marked.OrderBy(type => type.FullName));
        var names = marked.Select(type => type.GetCustomAttribute<StoredAsAttribute>()!.Name).ToArray();
        Assert.Equal(names.Distinct(), names);
        Assert.Null(StoredNames.TypeOf("never-heard-of.v1"));
    }

    [Fact]
    public void What_is_stored_is_sealed_so_that_a_name_means_one_type() =>
        Assert.All(Named, type => Assert.True(type.IsSealed, type.FullName));

    [Fact]
    public void Money_is_a_long_in_minor_units_and_never_a_floating_number()
    {
        Type[] floating = [typeof(double), typeof(float), typeof(decimal), typeof(Half)];
        var properties = Domain.GetExportedTypes().SelectMany(type => type.GetProperties()).ToArray();
        Assert.DoesNotContain(properties, property => floating.Contains(property.PropertyType));
        Assert.All(
            properties.Where(property => property.Name.EndsWith("Minor", StringComparison.Ordinal)),
            property => Assert.Contains(property.PropertyType, new[] { typeof(long), typeof(long?) }));
        Assert.All(
            properties.Where(property => property.PropertyType == typeof(long)),
            property => Assert.Matches("(Minor|Version)$", property.Name));
    }

    /// <summary>The journal is pseudonymous: the only texts in an event are codes, ids and hashes.</summary>
    [Fact]
    public void No_event_has_room_for_free_text()
    {
        string[] codes = ["Category", "Region", "ReasonCode", "Gateway", "PaymentId", "TextHash"];
        var texts = Named.Where(type => type.IsAssignableTo(typeof(Event)))
            .SelectMany(type => type.GetProperties())
            .Where(property => property.PropertyType == typeof(string))
            .Select(property => property.Name);
        Assert.Equal(codes.Order(), texts.Distinct().Order());
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Kebab();

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)*\.v[1-9][0-9]*$")]
    private static partial Regex VersionedKebab();

    [Fact]
    public void No_rejection_has_a_member_that_a_problem_has_already()
    {
        string[] taken = ["Type", "Title", "Status", "Detail", "Instance", "Errors"];
        Assert.All(
            StoredNames.DerivedFrom(typeof(Rejection)),
            rejection => Assert.Empty(rejection.Key.GetProperties()
                .Where(member => member.DeclaringType != typeof(Rejection)).Select(member => member.Name).Intersect(taken)));
    }
}
