using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DreamPlatform.Web.Http;

/// <summary>How JSON is read and written: strictly, so that nothing is guessed about money.</summary>
public static class JsonConventions
{
    internal const string TextRule = "Must be text without the NUL character.";

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

    /// <summary>PostgreSQL cannot store NUL, so no text may have it: one rule for both databases.</summary>
    private sealed class Text : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String) throw new JsonException("Must be a string.");
            var text = reader.GetString()!;
            return text.Contains('\0') ? throw new JsonException(TextRule) : text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }
}
