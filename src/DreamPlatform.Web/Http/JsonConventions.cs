using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DreamPlatform.Web.Http;

/// <summary>How JSON is read and written: strictly, so that nothing is guessed about money.</summary>
public static class JsonConventions
{
    internal const string TextRule = "Must be text without control characters.";

    public static void Apply(JsonSerializerOptions json)
    {
        json.AllowDuplicateProperties = false;
        json.PropertyNameCaseInsensitive = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.MaxDepth = 32;
        json.Converters.Add(new Text());
        json.Converters.Add(new WireNames());
        json.TypeInfoResolver =
            (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(RefuseNullElements);
    }

    /// <summary>
    /// The framework minds null where a member is, but not within a list: no list of ours may hold it.
    /// </summary>
    private static void RefuseNullElements(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        var lists = type.Properties
            .Where(member => member.Get is not null && member.PropertyType != typeof(string)
                && member.PropertyType.IsAssignableTo(typeof(IEnumerable)))
            .ToArray();
        if (lists.Length == 0) return;
        type.OnDeserialized = body =>
        {
            foreach (var member in lists)
            {
                var at = (member.Get!(body) as IEnumerable)?.Cast<object?>().ToList().IndexOf(null) ?? -1;
                if (at >= 0) throw new JsonException("Must not be null.", $"$.{member.Name}[{at}]", null, null);
            }
        };
    }

    /// <summary>
    /// Whether a text has a character that does something rather than being read: NUL, which PostgreSQL cannot store,
    /// other controls but line breaks and tabs, and those that turn the direction of what follows (Unicode Technical
    /// Report 36, 2.10.3), with which a name can pretend to be another.
    /// </summary>
    public static bool HasControls(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~') && text.Any(DoesSomething);

    /// <summary>The text without such characters, for forms, whose senders cannot see them.</summary>
    public static string WithoutControls(string text) =>
        HasControls(text) ? string.Concat(text.Where(it => !DoesSomething(it))) : text;

    private static bool DoesSomething(char it) => (char.IsControl(it) && it is not ('\n' or '\r' or '\t'))
        || it is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    /// <summary>One rule for all that people write.</summary>
    private sealed class Text : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String) throw new JsonException("Must be a string.");
            var text = reader.GetString()!;
            return HasControls(text) ? throw new JsonException(TextRule) : text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }
}
