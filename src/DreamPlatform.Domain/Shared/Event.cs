using System.Reflection;

namespace DreamPlatform.Domain.Shared;

/// <summary>A fact of the journal: pseudonymous, immutable, without free text.</summary>
public abstract record Event;

/// <summary>
/// The literal name under which a type is stored or sent. It outlives every renaming in the code, so it is never
/// derived from the type's own name.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoredAsAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>The stored names of all events, commands and rejections of the domain.</summary>
public static class StoredNames
{
    private static readonly Dictionary<Type, string> NamesByType = typeof(StoredNames).Assembly.GetTypes()
        .Select(type => (type, attribute: type.GetCustomAttribute<StoredAsAttribute>()))
        .Where(pair => pair.attribute is not null)
        .ToDictionary(pair => pair.type, pair => pair.attribute!.Name);

    private static readonly Dictionary<string, Type> TypesByName =
        NamesByType.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The stored name of a value's type.</summary>
    /// <exception cref="KeyNotFoundException">The type carries no <see cref="StoredAsAttribute"/>: a bug.</exception>
    public static string Of(object value) => NamesByType[value.GetType()];

    /// <summary>The type stored under a name, or null when this release does not know it.</summary>
    public static Type? TypeOf(string name) => TypesByName.GetValueOrDefault(name);

    /// <summary>All types derived from a base type, with their stored names.</summary>
    public static IEnumerable<KeyValuePair<Type, string>> DerivedFrom(Type baseType) =>
        NamesByType.Where(pair => pair.Key.IsAssignableTo(baseType));
}
