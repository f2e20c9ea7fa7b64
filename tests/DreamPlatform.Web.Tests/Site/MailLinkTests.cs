using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Site;
using DreamPlatform.Web.Tests.Accounts;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>Whoever gets a mail finds a page behind its link.</summary>
public sealed class MailLinkTests(Chromium chromium)
{
    /// <summary>The links that letters have, by how the letters are caused.</summary>
    [Fact]
    public async Task Every_link_of_a_letter_leads_to_a_page()
    {
        await using var app = await TestApp.StartDemoAsync();
        const string fresh = "fresh@example.org", staff = "staff@example.org", donor = "donor@demo.example";
        await app.Ask("register", new { email = fresh, password = People.Password });
        await app.Ask("register", new { email = donor, password = People.Password });
        await app.Ask("forgotPassword", new { email = donor });
        var administrator = await app.SignInAsync("foundation");
        var foundation = (await administrator.GetAsync("/api/me").JsonAsync())
            .GetProperty("roles")[0].GetProperty("foundationId").GetGuid();
        await administrator.SendAsync(HttpMethod.Post, $"/api/foundations/{foundation}/invitations", new { email = staff, role = "reviewer" });

        var letters = new List<Mail>();
        foreach (var address in new[] { fresh, staff, donor }) letters.AddRange(await app.MailToAsync(address));
        var linked = letters.Where(it => it.Values.ContainsKey("link")).ToArray();

        Assert.Equal(
            [Topics.AddressAlreadyRegistered, Topics.ConfirmEmail, Topics.ResetPassword, Topics.StaffInvitation],
            linked.Select(it => it.Topic).Order(StringComparer.Ordinal));
        Assert.All(linked, letter => AssertLeadsToPage(app, letter.Link.ToString()));
    }

    [Theory]
    [InlineData("/invitations/accept?token=x", true)]
    [InlineData("/helpers/accept?token=x", false)]
    public async Task A_link_that_was_made_up_is_answered_by_a_page_that_leads_on(string link, bool hasScript)
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(
            new() { As = "donor", HasScript = hasScript });
        await guest.OpenAsync(link);

        var answer = await guest.Page.RunAndWaitForResponseAsync(
            () => guest.Page.ClickAsync("main form button"), response => response.Request.Method == "POST");

        Assert.InRange(answer.Status, 400, 499);
        await guest.Page.Locator("main :is(.trouble a[href='/'], .errors)").First.WaitForAsync();
    }

    private static void AssertLeadsToPage(TestApp app, string link)
    {
        var path = link.Split('?')[0];
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(it => it.Metadata.GetMetadata<SitePage>() is not null);
        Assert.Contains(routes, route => new TemplateMatcher(
            TemplateParser.Parse(route.RoutePattern.RawText!), []).TryMatch(path, []));
    }
}
