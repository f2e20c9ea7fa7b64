using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Messages;

/// <summary>"Site": where people find the platform.</summary>
public sealed class SiteSettings
{
    /// <summary>What links begin with; the first address that the server listens on when not set.</summary>
    public string? Url { get; set; }

    /// <summary>The telephone number that every page tells people to call for help; none when not set.</summary>
    public string? HelpPhone { get; set; }
}

/// <summary>Makes the links that are sent to people; never from a request, whose host anybody can forge.</summary>
public sealed class Links(IOptions<SiteSettings> site, IServer server)
{
    /// <param name="path">Below the platform's address, beginning with a slash.</param>
    /// <param name="query">Escaped here; what is null is left out.</param>
    public string To(string path, params (string Name, string? Value)[] query) =>
        QueryHelpers.AddQueryString(Root() + path, query.Where(it => it.Value is not null)
            .Select(it => KeyValuePair.Create(it.Name, it.Value)));

    private string Root() =>
        (site.Value.Url ?? server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).TrimEnd('/');
}
