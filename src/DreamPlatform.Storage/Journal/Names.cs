using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace DreamPlatform.Storage.Journal;

/// <summary>The literal names under which enum values are stored and sent.</summary>
public static class Names
{
    public static string Of<T>(T value) where T : struct, Enum => Table<T>.ByValue[value];

    /// <summary>The value of a stored name, or null when there is none.</summary>
    public static T? Parse<T>(string name) where T : struct, Enum =>
        Table<T>.ByName.TryGetValue(name, out var value) ? value : null;

    public static IReadOnlyCollection<string> All<T>() where T : struct, Enum => Table<T>.ByName.Keys;

    private static class Table<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ByValue = Enum.GetValues<T>().ToFrozenDictionary(
            value => value,
            value => typeof(T).GetField(value.ToString())!
                .GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name);

        public static readonly FrozenDictionary<string, T> ByName =
            ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }
}
