using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Journal;

/// <summary>How the domain's types are written as JSON: in the journal, in read models, and between silos.</summary>
public static class JournalJson
{
    /// <summary>Polymorphic types carry their literal stored name; ids are plain strings.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(), new WrappedValueConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameDerivedTypes } },
        RespectNullableAnnotations = true,
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(Event @event) => JsonSerializer.Serialize(@event, @event.GetType(), Options);

    /// <summary>Reads an event back.</summary>
    /// <exception cref="PoisonEventException">This release does not know it, or it is corrupt.</exception>
    public static Event Read(StreamId stream, long version, string name, string json)
    {
        try
        {
            if (StoredNames.TypeOf(name) is { } type && type.IsAssignableTo(typeof(Event)))
                return (Event?)JsonSerializer.Deserialize(json, type, Options)
                    ?? throw new JsonException("There is nothing in it.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException
            or FormatException)
        {
            throw new PoisonEventException(stream, version, name, exception);
        }

        throw new PoisonEventException(stream, version, name, null);
    }

    public static string Write(StreamState state) => JsonSerializer.Serialize(state, state.GetType(), Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    private static void NameDerivedTypes(JsonTypeInfo info)
    {
        if (!info.Type.IsAbstract || info.Type.Assembly != typeof(Event).Assembly) return;
        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$type" };
        foreach (var (type, name) in StoredNames.DerivedFrom(info.Type))
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, name));
    }
}

/// <summary>An event that cannot be read: its stream is refused, all others go on.</summary>
public sealed class PoisonEventException(StreamId stream, long version, string name, Exception? inner)
    : Exception($"Event {version} of {stream}, named {name}, cannot be read by this release.", inner);

/// <summary>Writes a record struct that has nothing to set but its Value as that value alone.</summary>
internal sealed class WrappedValueConverter : JsonConverterFactory
{
    public override bool CanConvert(Type type) =>
        type.IsValueType && type.Assembly == typeof(Event).Assembly
        && type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanWrite).ToArray()
            is [{ Name: "Value" }];

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(
            typeof(Converter<,>).MakeGenericType(type, type.GetProperty("Value")!.PropertyType))!;

    private sealed class Converter<TWrapper, TValue> : JsonConverter<TWrapper>
    {
        private static readonly ParameterExpression Wrapper = Expression.Parameter(typeof(TWrapper));

        private static readonly ParameterExpression Value = Expression.Parameter(typeof(TValue));

        private static readonly Func<TWrapper, TValue> Unwrap =
            Expression.Lambda<Func<TWrapper, TValue>>(Expression.Property(Wrapper, "Value"), Wrapper).Compile();

        private static readonly Func<TValue, TWrapper> Wrap = Expression.Lambda<Func<TValue, TWrapper>>(
            Expression.New(typeof(TWrapper).GetConstructor([typeof(TValue)])!, Value), Value).Compile();

        public override TWrapper Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Wrap(JsonSerializer.Deserialize<TValue>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, TWrapper value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, Unwrap(value), options);
    }
}
