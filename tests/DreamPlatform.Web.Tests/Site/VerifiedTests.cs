using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>Everybody sees which claims were checked, how, by whom and when, and nothing that anybody wrote of it.</summary>
public sealed class VerifiedTests(Chromium chromium)
{
    private static readonly string[] Said = ["住址", "确实住在所说的地方。", "视频里看过。", "基金会的审核人", "月"];

    private static readonly string[] Private = ["SECRET-claim", "SECRET-statement", "SECRET-findings", "SECRET-result"];

    [Theory]
    [InlineData(null)]
    [InlineData("sponsor")]
    [InlineData("donor2")]
    public async Task A_wish_says_what_was_checked_and_how_and_keeps_what_was_found(string? who)
    {
        Chromium.Require();
        var wish = await WishAsync();
        await using var guest = await chromium.VisitAsync(new() { As = who, Width = 360 });

        await guest.OpenAsync($"/wishes/{wish}");

        var claims = await guest.Page.Locator(".claim").AllInnerTextsAsync();
        Assert.All(
            Said,
            said => Assert.Contains(said, claims[0], StringComparison.Ordinal));
        Assert.Contains("部分属实", claims[1], StringComparison.Ordinal);
        Assert.Contains("还有疑问", claims[2], StringComparison.Ordinal);
        // A claim of another kind, and a result in words of their own, are for the foundation only. The others are what
        // was recommended, approved and agreed to.
        Assert.Equal(3 + 3, claims.Count);
        var html = await guest.Page.ContentAsync();
        Assert.All(Private, secret => Assert.DoesNotContain(secret, html, StringComparison.Ordinal));
        Assert.True(await guest.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360);
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_wish_of_which_nothing_was_checked_says_so_little_to_everybody_and_to_its_applicant_before()
    {
        Chromium.Require();
        var wish = await WishAsync(isAccepted: false, checks: []);
        await using var applicant = await chromium.VisitAsync(new() { As = "applicant2" });
        await applicant.OpenAsync($"/me/wishes/{wish}/accept");
        var preview = await applicant.Page.InnerTextAsync(".preview");
        await AcceptAsync(wish, publishesStory: false);
        await using var guest = await chromium.VisitAsync();

        await guest.OpenAsync($"/wishes/{wish}");

        foreach (var page in new[] { preview, await guest.Page.InnerTextAsync("main") })
        {
            Assert.Contains("审核人建议给 ¥200.00。", page, StringComparison.Ordinal);
            Assert.Contains("怎么定下来的", page, StringComparison.Ordinal);
            Assert.DoesNotContain("核实", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_recommendation_says_how_many_points_were_checked()
    {
        Chromium.Require();
        var wish = await WishAsync();
        await using var guest = await chromium.VisitAsync();

        await guest.OpenAsync($"/wishes/{wish}");

        Assert.Contains(
            await guest.Page.Locator(".claim").AllInnerTextsAsync(),
            claim => claim.Contains("核实了3点，都写在上面；建议给 ¥200.00。", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("revoke-consent", "申请人收回了公开的内容")]
    [InlineData("erase", "申请人删除了个人信息")]
    public async Task Consent_that_was_taken_back_is_not_said_to_stand(string how, string why)
    {
        Chromium.Require();
        var email = $"{how}@people.example";
        await chromium.App.RegisterAsync(email, Platform.Password);
        using var applicant = await chromium.App.SignInAsync(email, Platform.Password);
        var wish = await WishAsync(applicant);
        await using var guest = await chromium.VisitAsync();
        await guest.OpenAsync($"/wishes/{wish}");
        Assert.Contains("本人同意", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);

        if (how == "erase") await applicant.Post("/api/me/erase", new { confirm = true });
        else await applicant.Post($"/api/wishes/{wish}/{how}");
        await guest.OpenAsync($"/wishes/{wish}");

        var page = await guest.Page.InnerTextAsync("main");
        Assert.Contains(why, page, StringComparison.Ordinal);
        Assert.All(["本人同意", "申请人同意公开"], it => Assert.DoesNotContain(it, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_first_approval_is_told_apart_only_where_two_were_needed()
    {
        Chromium.Require();
        var wish = await Desk.ApprovedOnceAsync(chromium.App);
        using var approver = await chromium.App.SignInAsync("approver2");
        using var applicant = await chromium.App.SignInAsync("applicant");
        await approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = 350_000 });
        await applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
        await using var guest = await chromium.VisitAsync();

        await guest.OpenAsync($"/wishes/{wish}");
        var ofTwo = await guest.Page.Locator(".claim h3").AllInnerTextsAsync();
        await guest.OpenAsync($"/wishes/{await WishAsync()}");
        var ofOne = await guest.Page.Locator(".claim h3").AllInnerTextsAsync();

        Assert.Equal(["审核", "第一次批准", "批准", "本人同意"], ofTwo.Select(it => it.Trim()).TakeLast(4));
        Assert.DoesNotContain(ofOne, it => it.Contains("第一次批准", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_applicant_sees_before_accepting_what_everybody_will_see_of_the_checks()
    {
        Chromium.Require();
        var wish = await WishAsync(isAccepted: false);
        await using var guest = await chromium.VisitAsync(new() { As = "applicant2", Width = 360 });

        await guest.OpenAsync($"/me/wishes/{wish}/accept");

        var preview = await guest.Page.InnerTextAsync(".preview");
        Assert.Contains("确实住在所说的地方。", preview, StringComparison.Ordinal);
        Assert.Contains("还有疑问", preview, StringComparison.Ordinal);
        Assert.All(Private, secret => Assert.DoesNotContain(secret, preview, StringComparison.Ordinal));
        Assert.True(await guest.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360);
    }

    [Fact]
    public async Task A_reviewer_says_on_the_form_what_a_claim_is_about_and_how_it_was_checked()
    {
        Chromium.Require();
        var wish = await Desk.ClaimedAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "reviewer", HasScript = false });
        await guest.OpenAsync($"/reviews/{wish}");
        Assert.Equal("address", await guest.Page.InputValueAsync("[name='checks[1].kind']"));

        await guest.Page.SelectOptionAsync("[name='checks[1].method']", "visit");
        await guest.Page.SelectOptionAsync("[name='checks[1].result']", "confirmed");
        await guest.Page.FillAsync("[name='checks[1].evidence.statement']", "看过门牌");
        await guest.Page.FillAsync("[name=findings]", "属实");
        await guest.Page.CheckAsync("[name=decision][value=recommend]");
        await guest.Page.ClickAsync("button[value=decide]");
        await guest.Page.GetByText("等批准").First.WaitForAsync();

        await using var approver = await chromium.VisitAsync(new() { As = "approver", HasScript = false });
        await approver.OpenAsync($"/reviews/{wish}");
        Assert.Contains("上门看过", await approver.Page.InnerTextAsync(".checks"), StringComparison.Ordinal);
    }

    /// <summary>A wish of applicant2 that was checked in five claims, three of which everybody may know.</summary>
    private async Task<Guid> WishAsync(bool isAccepted = true, IReadOnlyList<object>? checks = null)
    {
        using var applicant = await chromium.App.SignInAsync("applicant2");
        return await WishAsync(applicant, isAccepted, checks);
    }

    private async Task<Guid> WishAsync(
        HttpClient applicant, bool isAccepted = true, IReadOnlyList<object>? checks = null)
    {
        using var reviewer = await chromium.App.SignInAsync("reviewer");
        using var approver = await chromium.App.SignInAsync("approver");
        var project = await DemoWishes.ProjectAsync(chromium.App);
        var wish = await DemoWishes.ApprovedAsync(
            project, "一床棉被", applicant, reviewer, approver, "SECRET-findings", checks ?? Five);
        if (isAccepted) await applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
        return wish;
    }

    private async Task AcceptAsync(Guid wish, bool publishesStory)
    {
        using var applicant = await chromium.App.SignInAsync("applicant2");
        await applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = publishesStory });
    }

    private static IReadOnlyList<object> Five =>
    [
        Check("address", "confirmed", "video"), Check("need", "partly", "call"), Check("price", "doubtful", null),
        Check(null, "confirmed", "papers"), Check("payee", "SECRET-result", "others"),
    ];

    private static object Check(string? kind, string result, string? method) =>
        new { claim = "SECRET-claim", result, evidence = "SECRET-statement", kind, method };
}
