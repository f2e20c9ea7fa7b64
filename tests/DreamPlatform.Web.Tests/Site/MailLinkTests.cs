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
    [InlineData("/invitations/accept?token=x", false)]
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

    [Fact]
    public async Task A_link_for_helpers_that_was_used_says_so_and_offers_nothing()
    {
        Chromium.Require();
        using var applicant = await chromium.App.SignInAsync(await chromium.App.NewPersonAsync(), People.Password);
        var helper = await chromium.App.NewPersonAsync();
        using var accepting = await chromium.App.SignInAsync(helper, People.Password);
        var offer = await applicant.PostAsync("/api/me/helpers", null).JsonAsync(201);
        await using var guest = await chromium.VisitAsync(new() { HasScript = false });
        await guest.SignInAddressAsync(helper, People.Password);
        await guest.OpenAsync(offer.GetProperty("link").GetString()!);
        Assert.Equal(1, await guest.Page.Locator("main form").CountAsync());

        await accepting.SendAsync(HttpMethod.Post, "/api/helpers/accept", new { token = offer.GetProperty("token").GetString() });
        await guest.OpenAsync(offer.GetProperty("link").GetString()!);

        Assert.Contains("已经用过", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Equal(0, await guest.Page.Locator("main form").CountAsync());
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
