using System.Text.Json;
using System.Text.Json.Serialization;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Web.Http;

/// <summary>
/// Enums as the API spells them, and nothing but one of their names: the framework's converter would also read
/// "reviewer, approver" and add the two up.
/// </summary>
internal sealed class WireNames : JsonConverterFactory
{
    /// <summary>Those spelled in lower case; states are spelled as everywhere.</summary>
    private static readonly HashSet<Type> InLowerCase = [typeof(Role), typeof(IfWishFails), typeof(ClaimKind), typeof(CheckMethod)];

    public override bool CanConvert(Type type) => type.IsEnum;

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(OneOf<>).MakeGenericType(type))!;

    /// <summary>The names of an enum's values in JSON, in their order.</summary>
    public static IEnumerable<string> Of(Type type) => Enum.GetNames(type)
        .Select(name => InLowerCase.Contains(type) ? JsonNamingPolicy.CamelCase.ConvertName(name) : name);

    private sealed class OneOf<T> : JsonConverter<T> where T : struct, Enum
    {
        private readonly Dictionary<string, T> values = Of(typeof(T)).Zip(Enum.GetValues<T>()).ToDictionary();

        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && values.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new JsonException($"Must be one of {string.Join(", ", values.Keys)}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(values.Single(it => it.Value.Equals(value)).Key);
    }
}
