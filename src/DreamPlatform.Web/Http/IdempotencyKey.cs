using System.Reflection;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.Http.Metadata;

namespace DreamPlatform.Web.Http;

/// <summary>
/// The Idempotency-Key header. A handler's parameter of this type requires it; a nullable one is null without it.
/// </summary>
public sealed record IdempotencyKey(CommandId Command) : IEndpointParameterMetadataProvider
{
    private const string Header = "Idempotency-Key";

    public static ValueTask<IdempotencyKey?> BindAsync(HttpContext http)
    {
        var values = http.Request.Headers[Header];
        if (values.Count == 1 && Guid.TryParseExact(values[0], "D", out var key) && key != Guid.Empty)
            return new(new IdempotencyKey(new CommandId(key)));
        if (values.Count > 0)
            throw new MalformedRequestException("idempotency-key-malformed", Header, "Must be one UUID, best a v7.");
        var documented = http.GetEndpoint()!.Metadata.OfType<DocumentedParameter>();
        if (documented.Any(it => it is { Name: Header, IsRequired: true }))
            throw new MalformedRequestException(
                "idempotency-key-required", Header, "Send a new UUID, and the same one again to retry.");
        return new((IdempotencyKey?)null);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(Documented(
            new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.NotNull));

    internal static DocumentedParameter Documented(bool isRequired) => new(
        Header, IsHeader: true, isRequired,
        "Makes a retry safe: the same key and body give the first answer again. Best a UUIDv7.", Format: "uuid")
    {
        Problems = isRequired
            ? ["idempotency-key-malformed", "idempotency-key-required"]
            : ["idempotency-key-malformed"],
    };
}
