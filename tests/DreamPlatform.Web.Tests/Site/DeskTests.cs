using System.Text.Json;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

public sealed class DeskTests(Chromium chromium)
{
    [Fact]
    public async Task A_recommendation_whose_items_do_not_add_up_keeps_everything_typed_even_without_JavaScript()
    {
        Chromium.Require();
        var wish = await Desk.ClaimedAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "reviewer", HasScript = false });
        await guest.OpenAsync($"/reviews/{wish}");
        var typed = new Dictionary<string, string>
        {
            ["findings"] = "看过房间。\n第二行",
            ["checks[0].claim"] = "身份：<b>本人</b>",
            ["checks[0].evidence.statement"] = "视频",
            ["items[0].amountMinor"] = "700.00",
            ["publicText.story"] = "改过的故事",
            ["explanation"] = "还没想好",
        };
        foreach (var (name, text) in typed) await guest.Page.FillAsync($"[name='{name}']", text);
        await guest.Page.SelectOptionAsync("[name='checks[0].result']", "doubtful");
        await guest.Page.ClickAsync("button[value=add]");
        await guest.Page.FillAsync("[name='checks[5].claim']", "第六条");
        await guest.Page.CheckAsync("[name=decision][value=recommend]");

        await guest.Page.ClickAsync("button[value=decide]");
        await guest.Page.Locator(".errors a[href$='#amountMinor']").WaitForAsync();

        Assert.Contains("¥780.00", await guest.Page.InnerTextAsync("#amountMinor-error"), StringComparison.Ordinal);
        Assert.Contains("还差 ¥20.00", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        foreach (var (name, text) in typed) Assert.Equal(text, await guest.Page.InputValueAsync($"[name='{name}']"));
        Assert.Equal("doubtful", await guest.Page.InputValueAsync("[name='checks[0].result']"));
        Assert.Equal("第六条", await guest.Page.InputValueAsync("[name='checks[5].claim']"));
        Assert.True(await guest.Page.IsCheckedAsync("[name=decision][value=recommend]"));

        await guest.Page.FillAsync("[name='items[0].amountMinor']", "720");
        await guest.Page.ClickAsync("button[value=decide]");
        await guest.Page.GetByText("你建议了 ¥800.00，等批准").WaitForAsync();
    }

    [Fact]
    public async Task What_is_wrong_with_a_claim_is_said_beside_it_although_others_before_it_were_left_out()
    {
        Chromium.Require();
        var wish = await Desk.ClaimedAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "reviewer", HasScript = false });
        await guest.OpenAsync($"/reviews/{wish}");
        await guest.Page.FillAsync("[name=findings]", "看过");
        await guest.Page.SelectOptionAsync("[name='checks[3].result']", "confirmed");
        await guest.Page.CheckAsync("[name=decision][value=recommend]");

        await guest.Page.ClickAsync("button[value=decide]");

        await guest.Page.Locator(".bad:has([name='checks[3].evidence.statement'])").WaitForAsync();
        Assert.Equal(1, await guest.Page.Locator(".field.bad").CountAsync());
    }

    [Theory]
    [InlineData("release", "Submitted")]
    [InlineData("reject", "Rejected")]
    public async Task A_case_is_given_back_or_rejected_without_JavaScript(string decision, string status)
    {
        Chromium.Require();
        var wish = await Desk.SubmittedAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "reviewer", HasScript = false });
        await guest.OpenAsync($"/reviews/{wish}");
        await guest.Page.ClickAsync("form:has([name=_handler][value=claim]) button");
        await guest.Page.CheckAsync($"[name=decision][value={decision}]");
        await guest.Page.SelectOptionAsync("[name=reasonCode]", "outside-programme");
        await guest.Page.FillAsync("[name=explanation]", "这个项目只帮过冬。");

        await guest.Page.ClickAsync("button[value=decide]");
        await guest.Page.Locator("[name=explanation]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });

        Assert.Equal(status, await Desk.StatusAsync(chromium.App, wish));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Approving_with_a_double_click_approves_once_and_says_so(bool hasScript)
    {
        Chromium.Require();
        var wish = await Desk.RecommendedAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "approver", HasScript = hasScript });
        await guest.OpenAsync($"/reviews/{wish}");

        await guest.Page.DblClickAsync("form:has([name=_handler][value=approve]) button");
        await guest.Page.GetByText("这个案件现在不用你做什么").WaitForAsync();

        Assert.Equal("Approved", await Desk.StatusAsync(chromium.App, wish));
        Assert.Equal(0, await guest.Page.Locator(".errors").CountAsync());
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task Above_the_limit_the_first_approver_waits_for_a_second_one_and_cannot_be_it()
    {
        Chromium.Require();
        var wish = await Desk.RecommendedAsync(chromium.App, amountMinor: 350_000);
        await using var first = await chromium.VisitAsync(new() { As = "approver" });
        await first.OpenAsync($"/reviews/{wish}");
        Assert.Contains("还要第二位批准人同意", await first.Page.InnerTextAsync(".panel"), StringComparison.Ordinal);
        await first.Page.ClickAsync("form:has([name=_handler][value=approve]) button");
        await first.Page.GetByText("你已经同意了").WaitForAsync();
        Assert.Equal(0, await first.Page.Locator(".panel form").CountAsync());
        Assert.Equal("InReview", await Desk.StatusAsync(chromium.App, wish));

        await using var second = await chromium.VisitAsync(new() { As = "approver2" });
        var hands = new Hands(second.Page, hasMouse: false);
        await second.OpenAsync("/reviews?category=household&region=jiangsu");
        await hands.PressAsync($"a[href='/reviews/{wish}']");
        await second.Page.GetByText("已有一位批准人同意").WaitForAsync();
        await hands.PressAsync("form:has([name=_handler][value=approve]) button");
        await second.Page.GetByText("等申请人接受").WaitForAsync();

        Assert.Equal("Approved", await Desk.StatusAsync(chromium.App, wish));
        Assert.Empty(first.Complaints.Concat(second.Complaints));
    }

    [Fact]
    public async Task Who_may_not_read_the_application_is_not_told_that_the_reviewers_amount_was_asked_for()
    {
        Chromium.Require();
        var wish = await Desk.RecommendedAsync(chromium.App);
        await using var reviewer = await chromium.VisitAsync(new() { As = "reviewer" });
        await using var approver = await chromium.VisitAsync(new() { As = "approver" });

        await reviewer.OpenAsync($"/reviews/{wish}");
        await approver.OpenAsync($"/reviews/{wish}");

        Assert.Contains("申请", await TermsAsync(reviewer));
        Assert.DoesNotContain("申请", await TermsAsync(approver));
        Assert.Contains("核定", await TermsAsync(approver));

        static Task<IReadOnlyList<string>> TermsAsync(Guest guest) => guest.Page.Locator(".kv.wider dt").AllInnerTextsAsync();
    }

    [Fact]
    public async Task An_approver_reads_what_becomes_public_and_nothing_else_of_the_application()
    {
        Chromium.Require();
        var wish = await Desk.RecommendedAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "approver" });

        await guest.OpenAsync($"/reviews/{wish}");

        Assert.Equal(["洗衣机", "水管，2件"], await guest.Page.Locator(".amts tbody th").AllInnerTextsAsync());
        Assert.Contains("六个人合住", await guest.Page.InnerTextAsync(".preview"), StringComparison.Ordinal);
        Assert.DoesNotContain("陈", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_public_text_title_and_items_become_public_and_nothing_once_the_case_was_given_back()
    {
        Chromium.Require();
        var wish = await Desk.ClaimedAsync(chromium.App);
        using var reviewer = await chromium.App.SignInAsync("reviewer");
        using var approver = await chromium.App.SignInAsync("approver");
        await reviewer.Post($"/api/wishes/{wish}/recommend", new
        {
            amountMinor = 80_000,
            findings = "打过电话。",
            checks = new[] { new { claim = "住在这里", result = "confirmed", evidence = "视频" } },
        });

        var offered = (await approver.Get($"/api/reviews/{wish}")).GetProperty("toPublish");
        await reviewer.Post($"/api/wishes/{wish}/release");
        await reviewer.Post($"/api/wishes/{wish}/claim");
        var given = await approver.Get($"/api/reviews/{wish}");

        Assert.Equal("一台洗衣机", offered.Text("title"));
        Assert.Equal(JsonValueKind.Null, offered.GetProperty("story").ValueKind);
        Assert.Equal(["洗衣机", "水管"], offered.GetProperty("items").EnumerateArray().Select(it => it.Text("name")));
        Assert.Equal(JsonValueKind.Null, given.GetProperty("toPublish").ValueKind);
    }

    [Fact]
    public async Task The_reviewer_of_an_approved_case_still_reaches_the_applicant_and_says_why()
    {
        Chromium.Require();
        var wish = await Desk.RecommendedAsync(chromium.App);
        using var approver = await chromium.App.SignInAsync("approver");
        await approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = 80_000 });
        await using var guest = await chromium.VisitAsync(new() { As = "reviewer", HasScript = false });
        var hands = new Hands(guest.Page, hasMouse: false);
        await guest.OpenAsync($"/reviews/{wish}");
        Assert.DoesNotContain(Desk.Phone, await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await hands.PressAsync("button[value=reveal]");
        await guest.Page.Locator(".field.bad [name=reason]").WaitForAsync();

        await hands.WriteAsync("[name=reason]", "约送货时间");
        await hands.PressAsync("button[value=reveal]");
        await guest.Page.GetByText(Desk.Phone).WaitForAsync();
    }

    [Fact]
    public async Task An_administrator_takes_a_case_from_its_reviewer_without_seeing_what_was_applied_for()
    {
        Chromium.Require();
        const string Title = "只给审核人看的标题";
        var wish = await Desk.ClaimedAsync(chromium.App, Title, region: "hainan");
        await using var guest = await chromium.VisitAsync(new() { As = "foundation" });
        var hands = new Hands(guest.Page, hasMouse: false);
        await guest.OpenAsync("/reviews?category=household&region=hainan");
        await hands.PressAsync("a[href*='queue=claimed']");
        await hands.PressAsync($"a[href='/reviews/{wish}']");
        await guest.Page.GetByText("在 reviewer@demo.example 手上").WaitForAsync();
        var shown = await guest.Page.ContentAsync();

        await hands.PressAsync("form:has([name=_handler][value=release]) button");
        await guest.Page.GetByText("等审核人接手").WaitForAsync();

        Assert.DoesNotContain(Title, shown, StringComparison.Ordinal);
        Assert.Equal("Submitted", await Desk.StatusAsync(chromium.App, wish));
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_name_and_a_story_that_are_code_are_shown_as_they_were_written()
    {
        Chromium.Require();
        const string Title = "<script>window.evil = 1</script>", Name = "<img src=x onerror='window.evil = 1'>";
        var wish = await Desk.ClaimedAsync(chromium.App, Title, Name);
        await using var guest = await chromium.VisitAsync(new() { As = "reviewer" });
        await guest.OpenAsync($"/reviews/{wish}");
        await guest.Page.FillAsync("[name=reason]", "<svg onload='window.evil = 1'>");
        await guest.Page.ClickAsync("button[value=reveal]");
        await guest.Page.GetByText(Name, new() { Exact = true }).WaitForAsync();

        Assert.Equal(Title, await guest.Page.InnerTextAsync("h1"));
        Assert.Equal(Title, await guest.Page.InputValueAsync("[name='publicText.title']"));
        Assert.False(await guest.Page.EvaluateAsync<bool>("'evil' in window"));
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_file_of_a_case_is_for_its_reviewer_and_never_a_page_of_ours()
    {
        Chromium.Require();
        var wish = await Desk.ClaimedAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "reviewer" });
        await guest.OpenAsync($"/reviews/{wish}");
        await guest.Page.SetInputFilesAsync("[name='checks[0].evidence.files']", new Microsoft.Playwright.FilePayload
        {
            Name = "a.png",
            MimeType = "image/png",
            Buffer = DreamPlatform.Storage.Tests.Files.Planted.Clean("image/png"),
        });
        await guest.Page.ClickAsync("button[value=add]");
        var link = await guest.Page.Locator(".kept a").GetAttributeAsync("href");

        var mine = await guest.Page.Context.APIRequest.GetAsync(link!);
        await using var other = await chromium.VisitAsync(new() { As = "reviewer2" });
        var theirs = await other.Page.Context.APIRequest.GetAsync(link!);

        Assert.Equal((200, 404), (mine.Status, theirs.Status));
        Assert.Equal("no-store", mine.Headers["cache-control"]);
        Assert.Equal("nosniff", mine.Headers["x-content-type-options"]);
        Assert.Contains("sandbox", mine.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Equal("image/png", mine.Headers["content-type"]);
    }

    [Fact]
    public async Task A_project_that_somebody_else_changed_meanwhile_keeps_what_was_typed()
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = "foundation", HasScript = false });
        await guest.OpenAsync("/manage/projects/new");
        foreach (var (name, text) in new[]
        {
            ("name", "第二次"), ("sponsorName", "河畔纺织"), ("description", "床和被子"), ("startsOn", "2026-01-01"),
            ("endsOn", "2099-12-31"), ("perWishCapMinor", "5000"), ("approvalThresholdMinor", "3000"),
        })
            await guest.Page.FillAsync($"[name={name}]", text);
        await guest.Page.ClickAsync("form:has([name=_handler][value=create]) button");
        await guest.Page.Locator("form:has([name=_handler][value=open])").WaitForAsync();
        var address = new Uri(guest.Page.Url).AbsolutePath;
        await guest.OpenAsync($"{address}/edit");
        await guest.Page.FillAsync("[name=description]", "我写的");
        await using var other = await chromium.VisitAsync(new() { As = "foundation", HasScript = false });
        await other.OpenAsync($"{address}/edit");
        await other.Page.FillAsync("[name=sponsorName]", "别人写的");
        await other.Page.ClickAsync("form:has([name=_handler][value=edit]) button");
        await other.Page.GetByText("别人写的").First.WaitForAsync();

        await guest.Page.ClickAsync("form:has([name=_handler][value=edit]) button");
        await guest.Page.Locator(".errors").WaitForAsync();

        Assert.Equal("我写的", await guest.Page.InputValueAsync("[name=description]"));
        await guest.OpenAsync(address);
        await guest.Page.ClickAsync("form:has([name=_handler][value=open]) button");
        await guest.Page.ClickAsync("form:has([name=_handler][value=close]) button");
        await guest.Page.GetByText("项目已结束").WaitForAsync();
    }
}
