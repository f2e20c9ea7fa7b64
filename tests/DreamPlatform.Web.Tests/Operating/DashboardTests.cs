using System.Net;

namespace DreamPlatform.Web.Tests.Operating;

public sealed class DashboardTests
{
    [Theory, InlineData("/dashboard/"), InlineData("/dashboard/DashboardCounters"), InlineData("/dashboard/version")]
    public async Task The_dashboard_is_for_operators_only(string path)
    {
        await using var app = await TestApp.StartDemoAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(app.Anonymous, path));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(await app.SignInAsync("reviewer"), path));
        Assert.Equal(HttpStatusCode.OK, await Status(await app.SignInAsync("operator"), path));
    }

    [Theory, InlineData("GrainState"), InlineData("grainstate"), InlineData("GrainTypes")]
    public async Task The_dashboard_shows_nobody_what_grains_keep(string page)
    {
        await using var app = await TestApp.StartDemoAsync();
        var applicant = await app.SignInAsync("applicant");
        var id = (await applicant.GetAsync("/api/me").JsonAsync()).GetProperty("id").GetGuid();
        var path = $"/dashboard/{page}?grainId=person-{id}&grainType=DreamPlatform.Grains.People.ProfileGrain";

        Assert.Equal(HttpStatusCode.NotFound, await Status(await app.SignInAsync("operator"), path));
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }
}
