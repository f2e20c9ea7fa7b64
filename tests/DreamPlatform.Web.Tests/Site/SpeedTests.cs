using System.Globalization;
using System.Net;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>What pages cost the server where there are ten thousand wishes, its database included.</summary>
[Collection(nameof(Alone))]
public sealed class SpeedTests(ReleaseServer release, ITestOutputHelper output)
{
    /// <summary>
    /// What no page may cost. The goal is 20 ms, which most pages keep once the compiler is done with them; searches and
    /// lists of a person with ten thousand wishes do not yet.
    /// </summary>
    private const double MaxMilliseconds = 150;

    /// <summary>The first of them is for the compiler; the median of the others counts.</summary>
    private const int Rounds = 2, RequestsPerRound = 4;

    /// <summary>The wall in each of its orders, narrowed to much and to little, for rare words and for common ones.</summary>
    private static readonly IEnumerable<SitePageCase> Walls =
        from sort in (string[])["newest", "closing", "progress"]
        from narrow in (string[])
            ["", "&status=Funding", "&status=Delivered&category=food&region=henan", "&status=Cancelled", "&region=nowhere"]
        from words in (string[])["", "&q=书包", "&q=孩子 冬天 winter", "&q=谢", "&q=w", "&q=龘龘"]
        select new SitePageCase($"/wishes?sort={sort}{narrow}{words}");

    [Fact]
    public async Task No_page_costs_the_server_much_where_there_are_ten_thousand_wishes()
    {
        ReleaseServer.Require();
        var pages = release.Pages.Concat(Walls.Select(wall => (Page: wall, Address: wall.Path))).ToArray();
        var clients = new Dictionary<string, HttpClient>(StringComparer.Ordinal);
        foreach (var name in pages.Select(it => it.Page.As ?? "").Distinct())
            clients[name] = await Cookies.VisitAsync(release.Address, name.Length == 0 ? null : name);
        var spent = pages.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < pages.Length; i++)
                spent[i].Add(await CostAsync(clients[pages[i].Page.As ?? ""], pages[i].Address, pages[i].Page.Status));
        }

        var costs = pages.Select((it, i) => (it.Page, Median: spent[i].Skip(1).Order().ElementAt((Rounds - 1) / 2)))
            .OrderByDescending(it => it.Median).ToArray();
        foreach (var (page, median) in costs)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{median:0.0} ms {page}"));
        Assert.All(costs, it => Assert.True(it.Median <= MaxMilliseconds, $"{it.Page}: {it.Median:0.0} ms"));
        foreach (var client in clients.Values) client.Dispose();
    }

    private async Task<double> CostAsync(HttpClient client, string address, int status)
    {
        var before = release.ProcessorTime;
        for (var i = 0; i < RequestsPerRound; i++)
        {
            using var answer = await client.GetAsync(address);
            await answer.Content.ReadAsByteArrayAsync();
            Assert.True(
                (int)answer.StatusCode == status || answer.StatusCode == HttpStatusCode.Found,
                $"{address}: {(int)answer.StatusCode}");
        }

        return (release.ProcessorTime - before).TotalMilliseconds / RequestsPerRound;
    }
}

/// <summary>What is measured while nothing else runs in this process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
