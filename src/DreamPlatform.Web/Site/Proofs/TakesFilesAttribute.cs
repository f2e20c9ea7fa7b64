using Microsoft.AspNetCore.Http.Metadata;

namespace DreamPlatform.Web.Site.Proofs;

/// <summary>
/// On a page that takes forms with files. They are received by <see cref="SentForm"/>, which has its own limits.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesFilesAttribute : Attribute, IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => null;
}
