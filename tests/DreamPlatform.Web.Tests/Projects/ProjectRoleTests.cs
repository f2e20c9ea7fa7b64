using System.Net;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Projects;

public sealed class ProjectRoleTests(DemoApp demo) : IClassFixture<DemoApp>
{
    [Theory, InlineData("donor"), InlineData("finance"), InlineData("operator")]
    public async Task Who_administers_no_foundation_may_not_make_a_project(string name)
    {
        var problem = await (await demo.App.SignInAsync(name)).Post("/api/projects", new
        {
            name = "Warm winter",
            sponsorName = "Friends",
            description = "Blankets.",
            categories = Array.Empty<string>(),
            regions = Array.Empty<string>(),
            startsOn = "2026-01-01",
            endsOn = "2026-12-31",
            perWishCapMinor = 1,
            approvalThresholdMinor = 1,
        }, HttpStatusCode.Forbidden);

        Assert.Equal("forbidden", problem.Text("code"));
    }
}
