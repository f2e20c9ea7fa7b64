using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using DreamPlatform.Web.Site;
using DreamPlatform.Web.Site.Texts;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>An address that somebody typed or cut off leads to a page, never to a fault.</summary>
public sealed partial class BrokenAddressTests(DemoApp demo) : IClassFixture<DemoApp>
{
    /// <summary>Every page with each of what it reads from its address, which nobody can read.</summary>
    private static readonly string[] Addresses =
    [
        .. from page in typeof(App).Assembly.GetTypes()
           from route in page.GetCustomAttributes<RouteAttribute>()
           from part in page.GetProperties()
           let query = part.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
           where query is not null
           select $"{Hole().Replace(route.Template, "0198c0de-0000-7000-8000-000000000000")}?{query.Name ?? part.Name}=garbage",
    ];

    [Theory]
    [InlineData(null)]
    [InlineData("applicant")]
    [InlineData("foundation")]
    [InlineData("operator")]
    public async Task No_page_fails_on_what_its_address_says(string? who)
    {
        using var visitor = await Cookies.VisitAsync(demo.App.Address, who);

        foreach (var address in Addresses)
        {
            using var answer = await visitor.GetAsync(address);
            Assert.True((int)answer.StatusCode < 500, $"{address} answers {answer.StatusCode}.");
        }

        Assert.Contains("/me/profile?saved=garbage", Addresses, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_broken_link_of_a_mail_is_called_so()
    {
        using var visitor = await Cookies.VisitAsync(demo.App.Address, null);

        var page = await visitor.GetStringAsync("/confirm-email?userId=garbage&code=x");

        Assert.Contains("链接不完整", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/wishes?sort=closing", 200)]
    [InlineData("/nowhere", 404)]
    public async Task Who_checks_a_link_is_answered_as_who_follows_it_but_without_the_page(string address, int status)
    {
        using var visitor = await Cookies.VisitAsync(demo.App.Address, null);
        using var request = new HttpRequestMessage(HttpMethod.Head, address);

        using var answer = await visitor.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>U+FFFE is no character at all.</summary>
    [Theory]
    [InlineData("1\ufffe")]
    [InlineData("\ufffe")]
    [InlineData("１００元")]
    public async Task An_amount_with_anything_in_it_is_read_or_refused(string amount)
    {
        using var visitor = await Cookies.VisitAsync(demo.App.Address, null);
        var wish = (await demo.App.Anonymous.Get("/api/wishes?status=Funding")).Items()[0].Id();

        using var answer = await visitor.GetAsync($"/wishes/{wish}/give/name?amount={Uri.EscapeDataString(amount)}");

        Assert.True((int)answer.StatusCode < 500);
        var formats = demo.App.Services.GetRequiredService<Formats>();
        Assert.Equal(amount == "１００元" ? 10_000 : null, formats.Minor(amount));
    }

    [GeneratedRegex(@"\{.*?\}")]
    private static partial Regex Hole();
}
