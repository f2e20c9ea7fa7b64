using System.Text.Json;
using System.Text.Json.Serialization;

namespace DreamPlatform.Domain.Wishes;

/// <summary>
/// What proves a claim or a delivery: files, a statement, or both. Written as a plain string when it is a statement
/// alone.
/// </summary>
[JsonConverter(typeof(EvidenceJson))]
public sealed record Evidence(IReadOnlyList<Guid> FileIds, string? Statement = null)
{
    /// <summary>The most files in one place.</summary>
    public const int MaxFiles = 20;

    /// <summary>A statement alone.</summary>
    public static Evidence Of(string statement) => new([], statement);
}

/// <summary>Reads and writes evidence in either form, under whatever rules for texts and ids there are.</summary>
internal sealed class EvidenceJson : JsonConverter<Evidence>
{
    public override Evidence Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Evidence.Of(JsonSerializer.Deserialize<string>(ref reader, options)!);
            case JsonTokenType.StartObject:
                var form = JsonSerializer.Deserialize<Form>(ref reader, options)!;
                return new Evidence(form.FileIds ?? [], form.Statement);
            default:
                throw new JsonException("Must be a string, or an object with fileIds and statement.");
        }
    }

    public override void Write(Utf8JsonWriter writer, Evidence value, JsonSerializerOptions options)
    {
        if (value.FileIds.Count == 0) JsonSerializer.Serialize(writer, value.Statement, options);
        else JsonSerializer.Serialize(writer, new Form(value.FileIds, value.Statement), options);
    }

    private sealed record Form(IReadOnlyList<Guid>? FileIds = null, string? Statement = null);
}
