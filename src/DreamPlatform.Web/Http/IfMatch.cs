using System.Globalization;
using System.Reflection;
using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.Http.Metadata;

namespace DreamPlatform.Web.Http;

/// <summary>The If-Match header: the version that the caller has seen, or null if any will do.</summary>
public sealed record IfMatch(long? Version) : IEndpointParameterMetadataProvider
{
    private const string Header = "If-Match";

    /// <summary>The ETag of a version: strong, since the version counts every change.</summary>
    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static ValueTask<IfMatch?> BindAsync(HttpContext http)
    {
        var values = http.Request.Headers.IfMatch;
        if (values.Count == 0 || (values.Count == 1 && values[0] == "*")) return new(new IfMatch((long?)null));
        if (values.Count == 1 && values[0] is ['"', .. var digits, '"']
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return new(new IfMatch(version));
        throw new MalformedRequestException(
            "if-match-malformed", Header, "Must be an ETag as you received it, such as \"3\".");
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new DocumentedParameter(
            Header, IsHeader: true, IsRequired: false,
            "The ETag you read; the change is refused with 412 if it is stale.", Pattern: "^(\\*|\"[0-9]{1,18}\")$")
        {
            Problems = ["if-match-malformed"],
        });
}
