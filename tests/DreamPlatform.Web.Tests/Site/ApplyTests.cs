using DreamPlatform.Web.Tests.Journey;
using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>A wish is written step by step, and nothing that was typed is lost on the way.</summary>
public sealed class ApplyTests(Chromium chromium)
{
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> \"'&amp; {0} @Model";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wish_is_written_on_a_phone_in_Chinese_and_submitted(bool hasScript)
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        await using var guest = await chromium.VisitAsync(new() { HasScript = hasScript, Width = 360 });
        guest.Page.Dialog += (_, dialog) => Assert.Fail(dialog.Message);
        await guest.OpenAsync("/apply");
        await guest.Page.ClickAsync("main a[href^='/sign-in']");
        await guest.EnterAsync(who);
        await guest.ArriveAsync("/apply");

        var wish = await guest.BeginAsync();
        await guest.Page.ClickAsync(Wizard.Main);
        await guest.Page.Locator(".errors").WaitForAsync();
        await guest.AnswerNeedAsync(Hostile);
        await guest.AnswerStoryAsync($"第一行\n{Hostile}");
        await guest.AnswerRestAsync();
        await guest.SendFileAsync("no picture"u8.ToArray(), "image/png");
        Assert.Contains("JPEG", await guest.Page.Locator(".field.bad .err").InnerTextAsync(), StringComparison.Ordinal);
        await guest.SendFileAsync(Wizard.Picture, "image/png");
        await guest.Page.Locator(".photo img").WaitForAsync();
        Assert.True(await guest.Page.Locator(".photo img").EvaluateAsync<int>("img => img.decode().then(() => img.naturalWidth)") > 0);
        await guest.Page.ClickAsync("button[value=onward]");
        await guest.Page.Locator(".answers").WaitForAsync();
        var answers = await guest.Page.Locator(".answers").InnerTextAsync();
        Assert.All(
            new[] { Hostile, "第一行", "四川", "洗衣机，1件，¥899.50", "<b>棉被</b>，2件，¥360.00", "李华", "13000000000" },
            said => Assert.Contains(said, answers, StringComparison.Ordinal));
        await guest.GoOnAsync("done");

        Assert.Contains(
            wish.Replace("-", "", StringComparison.Ordinal)[^12..].ToUpperInvariant(),
            (await guest.Page.Locator("main").InnerTextAsync()).Replace("-", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        using var client = await chromium.App.SignInAsync(who);
        Assert.Equal("Submitted", Assert.Single((await client.Get("/api/me/wishes")).Items()).Text("status"));
        Assert.Equal($"第一行\n{Hostile}", (await chromium.ApplicationAsync(who, wish)).Text("story"));
        Assert.True(await guest.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360);
        Assert.Empty(guest.Complaints);
    }

    [Theory]
    [InlineData("back", "/need", true)]
    [InlineData("back", "/need", false)]
    [InlineData("later", "/me/wishes", true)]
    public async Task Who_goes_back_or_away_takes_along_what_they_typed(string then, string to, bool hasScript)
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        await using var guest = await chromium.VisitAsync(new() { As = who, HasScript = hasScript });
        var wish = await guest.BeginAsync();
        await guest.AnswerNeedAsync("一台洗衣机");
        await guest.Page.FillAsync("[name=story]", "写到一半");

        await guest.Page.ClickAsync($"button[name=then][value={then}]");
        await guest.ArriveAsync(to);

        Assert.Equal("写到一半", (await chromium.ApplicationAsync(who, wish)).Text("story"));
    }

    [Fact]
    public async Task Who_leaves_a_thing_that_was_not_begun_is_not_held_up()
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        await using var guest = await chromium.VisitAsync(new() { As = who });
        var wish = await guest.BeginAsync();
        await guest.OpenAsync($"/apply/{wish}/items/1");

        await guest.Page.ClickAsync("button[name=then][value=back]");

        await guest.ArriveAsync("/region");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_photo_that_was_chosen_goes_along_without_a_press_on_send(bool hasScript)
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        await using var guest = await chromium.VisitAsync(new() { As = who, HasScript = hasScript });
        var wish = await guest.BeginAsync();
        await guest.OpenAsync($"/apply/{wish}/photo");
        await guest.Page.SetInputFilesAsync(
            Wizard.Photo, new FilePayload { Name = "slip.png", MimeType = "image/png", Buffer = Wizard.Picture });

        await guest.Page.ClickAsync("button[name=then][value=onward]");
        await guest.ArriveAsync("/check");

        var evidence = (await chromium.ApplicationAsync(who, wish)).GetProperty("evidence");
        Assert.Equal(1, evidence.GetProperty("fileIds").GetArrayLength());
    }

    [Fact]
    public async Task What_was_begun_on_one_device_goes_on_at_the_first_open_question_of_another()
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        string wish;
        await using (var phone = await chromium.VisitAsync(new() { As = who, Width = 360 }))
        {
            wish = await phone.BeginAsync();
            await phone.AnswerNeedAsync("一台洗衣机");
            await phone.AnswerStoryAsync("夜里用手洗");
        }

        await using var elsewhere = await chromium.VisitAsync(new() { As = who });
        await elsewhere.OpenAsync("/me/wishes");
        await elsewhere.Page.ClickAsync(".card a");
        await elsewhere.Page.ClickAsync($"main a[href='/apply/{wish}']");
        await elsewhere.ArriveAsync("/category");
        await elsewhere.AnswerRestAsync();
        await elsewhere.Page.ClickAsync("button[value=onward]");
        await elsewhere.GoOnAsync("done");

        Assert.Equal("夜里用手洗", (await chromium.ApplicationAsync(who, wish)).Text("story"));
    }

    [Fact]
    public async Task Two_tabs_with_different_questions_are_not_in_each_others_way()
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        await using var guest = await chromium.VisitAsync(new() { As = who });
        var wish = await guest.BeginAsync();
        var second = await guest.Page.Context.NewPageAsync();
        await second.GotoAsync($"/apply/{wish}/story");

        await guest.AnswerNeedAsync("第一个窗口");
        await second.FillAsync("[name=story]", "第二个窗口");
        await second.ClickAsync(Wizard.Main);
        await second.Locator("[name=category]").First.WaitForAsync();

        var application = await chromium.ApplicationAsync(who, wish);
        Assert.Equal(("第一个窗口", "第二个窗口"), (application.Text("title"), application.Text("story")));
    }

    [Theory]
    [InlineData("mine", "第二个窗口")]
    [InlineData("saved", "第一个窗口")]
    public async Task Of_two_tabs_the_second_sees_both_texts_and_chooses(string keep, string expected)
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        await using var guest = await chromium.VisitAsync(new() { As = who });
        var wish = await guest.BeginAsync();
        var second = await guest.Page.Context.NewPageAsync();
        await second.GotoAsync($"/apply/{wish}/need");

        await guest.AnswerNeedAsync("第一个窗口");
        await second.FillAsync("[name=title]", "第二个窗口");
        await second.ClickAsync(Wizard.Main);
        var both = second.Locator("[role=alert]");
        await both.WaitForAsync();
        Assert.Contains("第一个窗口", await both.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("第二个窗口", await second.InputValueAsync("[name=title]"));
        await second.CheckAsync($"[name=keep][value={keep}]");
        await second.ClickAsync(Wizard.Main);
        await second.Locator("[name=story]").WaitForAsync();

        Assert.Equal(expected, (await chromium.ApplicationAsync(who, wish)).Text("title"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Going_back_and_changing_an_answer_saves_the_change(bool hasScript)
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        await using var guest = await chromium.VisitAsync(new() { As = who, HasScript = hasScript });
        var wish = await guest.BeginAsync();
        await guest.AnswerNeedAsync("一台洗衣机");
        await guest.Page.Locator("[name=story]").WaitForAsync();

        await guest.Page.GoBackAsync();
        await guest.Page.Locator("[name=title]").WaitForAsync();
        await guest.Page.FillAsync("[name=title]", "一台大的洗衣机");
        await guest.Page.ClickAsync(Wizard.Main);
        await guest.Page.Locator("[name=story], [name=keep]").First.WaitForAsync();
        if (await guest.Page.Locator("[name=keep]").CountAsync() > 0) await guest.GoOnAsync("story");

        Assert.Equal("一台大的洗衣机", (await chromium.ApplicationAsync(who, wish)).Text("title"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_double_click_begins_one_draft_adds_one_item_and_submits_one_wish(bool hasScript)
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        await using var guest = await chromium.VisitAsync(new() { As = who, HasScript = hasScript });
        await guest.OpenAsync("/apply");
        await guest.Page.Locator("label.pick").First.ClickAsync();

        await guest.Page.DblClickAsync(Wizard.Main);
        await guest.ArriveAsync("/need");
        var wish = guest.Page.Url.Split('/')[^2];
        await guest.AnswerNeedAsync("一台洗衣机");
        await guest.AnswerStoryAsync("夜里用手洗");
        await guest.AnswerRestAsync();
        await guest.OpenAsync($"/apply/{wish}/items/3");
        await guest.Page.FillAsync("[name='items[2].name']", "水龙头");
        await guest.Page.FillAsync("[name='items[2].amountMinor']", "20");
        await guest.Page.DblClickAsync(Wizard.Main);
        await guest.ArriveAsync("/items");
        Assert.Equal(3, (await chromium.ApplicationAsync(who, wish)).Items().Count);
        await guest.OpenAsync($"/apply/{wish}/items");
        await guest.Page.Locator("form .btn").First.DblClickAsync();
        await Assertions.Expect(guest.Page.Locator("main .item")).ToHaveCountAsync(2);
        Assert.Equal(2, (await chromium.ApplicationAsync(who, wish)).Items().Count);
        await guest.OpenAsync($"/apply/{wish}/check");
        await guest.Page.DblClickAsync(Wizard.Main);
        await guest.ArriveAsync("/done");

        using var client = await chromium.App.SignInAsync(who);
        Assert.Equal("Submitted", Assert.Single((await client.Get("/api/me/wishes")).Items()).Text("status"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_ends_in_the_middle_loses_nothing(bool hasScript)
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        await using var guest = await chromium.VisitAsync(new() { As = who, HasScript = hasScript });
        var wish = await guest.BeginAsync();
        await guest.AnswerNeedAsync("一台洗衣机");
        await guest.Page.FillAsync("[name=story]", "写了很久\n的故事");
        using var elsewhere = await chromium.App.SignInAsync(who);
        using var ended = await elsewhere.PostAsync(new Uri("/api/account/sign-out-everywhere", UriKind.Relative), null);

        await guest.Page.ClickAsync(Wizard.Main);
        await guest.Page.Locator("[name=password]").WaitForAsync();
        await guest.EnterAsync(who);
        await guest.Page.ClickAsync("main form:has([name=story][type=hidden]) button");
        await guest.ArriveAsync("/category");

        Assert.Equal("写了很久\n的故事", (await chromium.ApplicationAsync(who, wish)).Text("story"));
    }

    [Fact]
    public async Task A_draft_with_gaps_is_not_submitted_and_the_gaps_lead_to_their_questions()
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        await using var guest = await chromium.VisitAsync(new() { As = who });
        var wish = await guest.BeginAsync();
        await guest.AnswerNeedAsync("一台洗衣机");
        await guest.OpenAsync($"/apply/{wish}/check");

        await guest.Page.ClickAsync(Wizard.Main);
        await guest.Page.Locator(".errors").WaitForAsync();
        await guest.Page.ClickAsync($"#missing a[href^='/apply/{wish}/story']");
        await guest.Page.FillAsync("[name=story]", "夜里用手洗");
        await guest.GoOnAsync("check");

        Assert.Equal(4, await guest.Page.Locator("#missing a").CountAsync());
    }

    [Fact]
    public async Task A_helper_chooses_for_whom_and_the_wish_is_the_applicants()
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = "helper" });
        await guest.OpenAsync("/apply");

        await guest.Page.Locator("label.pick", new() { HasText = "applicant@demo.example" }).ClickAsync();
        await guest.Page.ClickAsync(Wizard.Main);
        await guest.ArriveAsync("/apply?for=*");
        await guest.Page.Locator("[name=projectId]").First.CheckAsync();
        await guest.Page.ClickAsync(Wizard.Main);
        await guest.ArriveAsync("/need");
        Assert.Contains("applicant@demo.example", await guest.Page.Locator(".note").InnerTextAsync(), StringComparison.Ordinal);
        var wish = guest.Page.Url.Split('/')[^2];
        await guest.AnswerNeedAsync("帮忙写的");

        Assert.Equal("帮忙写的", (await chromium.ApplicationAsync("applicant", wish)).Text("title"));
    }
}
