using DreamPlatform.Web.Site.Proofs;
using Microsoft.AspNetCore.Http.Metadata;

namespace DreamPlatform.Web.Site.Forms;

/// <summary>
/// On what a sealed form goes through: there must be room for any that a page takes. See <see cref="KeptForms"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesKeptFormAttribute : Attribute, IRequestSizeLimitMetadata
{
    /// <summary>A seal has four bytes for three, and some words do not pack at all.</summary>
    public const int MaxBodyBytes = 2 * SentForm.MaxTextBytes;

    public long? MaxRequestBodySize => MaxBodyBytes;
}
