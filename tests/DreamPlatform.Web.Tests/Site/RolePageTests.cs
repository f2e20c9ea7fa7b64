using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using DreamPlatform.Web.Site;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.AspNetCore.Components;

namespace DreamPlatform.Web.Tests.Site;

public sealed class RolePageTests(Chromium chromium)
{
    public static TheoryData<string> People => [.. RolePages.People.Select(person => person ?? "nobody")];

    [Theory]
    [MemberData(nameof(People))]
    public async Task Every_page_is_open_to_those_whom_the_table_names_and_to_nobody_else(string person)
    {
        Chromium.Require();
        var name = person == "nobody" ? null : person;
        await using var guest = await chromium.VisitAsync(new() { As = name });
        var wrong = new List<string>();
        foreach (var page in RolePages.All)
        {
            var path = await new SitePageCase(page.Path).AddressAsync(chromium.App);
            var answer = await guest.Page.Context.APIRequest.GetAsync(path, new()
            {
                MaxRedirects = 0,
                Headers = new Dictionary<string, string> { ["Accept"] = "text/html" },
            });
            var expected = page.Open is null || page.Open.Contains(name) ? 200
                : name is null || page.Led?.Contains(name) == true ? 302 : page.Else;
            if (answer.Status != expected) wrong.Add($"{page.Path}: {answer.Status}, not {expected}");
            if (name is null && answer.Status == 302)
                Assert.StartsWith("/sign-in?back=", new Uri(chromium.App.Address, answer.Headers["location"]).PathAndQuery,
                    StringComparison.Ordinal);
        }

        Assert.Equal("", string.Join('\n', wrong));
    }

    [Fact]
    public void Every_page_there_is_stands_in_both_tables()
    {
        var routes = typeof(App).Assembly.GetTypes()
            .SelectMany(page => page.GetCustomAttributes<RouteAttribute>(inherit: false)).Select(page => page.Template)
            .ToArray();

        Assert.True(routes.Length > 60, $"Only {routes.Length} pages were found.");
        Assert.Equal([], routes.Except(routes.Where(route => SitePages.All.Any(page => IsOf(route, page.Path)))));
        Assert.Equal([], routes.Except(routes.Where(route => RolePages.All.Any(page => IsOf(route, page.Path)))));
    }

    /// <summary>An item that is planned or ordered is found by its wish and itself.</summary>
    private static bool IsOf(string route, string path) => Regex.IsMatch(
        path.Replace("{planned}", "wish/item", StringComparison.Ordinal),
        $@"^{Regex.Replace(route, @"\{[^}]+\}", "[^/?]+")}(\?|$)");

    [Fact]
    public async Task Another_foundations_staff_find_neither_case_nor_item_nor_project()
    {
        Chromium.Require();
        using var administrator = await chromium.App.SignInAsync("operator");
        var foundation = (await administrator.Post(
            "/api/foundations", new { name = "Elsewhere", registrationCode = $"E-{Guid.NewGuid():N}" }, HttpStatusCode.Created))
            .Id();
        await chromium.App.RegisterAsync("elsewhere@demo.example");
        foreach (var role in (string[])["reviewer", "approver", "finance", "foundation"])
            await administrator.Post("/api/accounts/elsewhere@demo.example/roles", new { role, foundationId = foundation });
        await using var guest = await chromium.VisitAsync(new() { As = "elsewhere" });

        foreach (var page in (string[])
            ["/reviews/{claimed}", "/finance/{planned}", "/manage/projects/{project}", "/manage/projects/{project}/edit",
                "/manage/projects/{project}/deposit", "/manage/projects/{project}/grant"])
        {
            var answer = await guest.OpenAsync(await new SitePageCase(page).AddressAsync(chromium.App));
            Assert.Equal((page, 404), (page, answer!.Status));
        }
    }
}
