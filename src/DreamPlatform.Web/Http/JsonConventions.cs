using System.Text.Json;
using System.Text.Json.Serialization;

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
