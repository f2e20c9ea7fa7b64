using System.IO.Compression;
using DreamPlatform.Web.Accounts;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Site.Compression;

/// <summary>
/// Marks a page without any secret for somebody who is not signed in: no form of it carries a token. Only such a page is
/// compressed, so that the length of an answer says nothing of a secret in it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CompressedPageAttribute : Attribute;

/// <summary>Compresses pages that are the same for everybody; files of the site are compressed when it is built.</summary>
internal sealed class CompressedPages(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    public override bool ShouldCompressResponse(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<CompressedPageAttribute>() is not null
        && Caller.Of(context) is null && base.ShouldCompressResponse(context);
}

internal static class CompressionSetup
{
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.AddSingleton<IResponseCompressionProvider, CompressedPages>();
    }
}
