using DreamPlatform.Storage.Tests.Files;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

public sealed class DeskJourneyTests(Chromium chromium)
{
    private static FilePayload Photo => new() { Name = "door.jpg", MimeType = "image/jpeg", Buffer = Planted.Clean("image/jpeg") };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_case_goes_from_the_queue_to_the_delivery_by_mouse_and_by_keyboard_alone(bool hasMouse)
    {
        Chromium.Require();
        var wish = await Desk.SubmittedAsync(chromium.App);
        await ReviewAsync(wish, hasMouse);
        await ApproveAsync(wish, hasMouse);
        using var applicant = await chromium.App.SignInAsync("applicant");
        await applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
        await GrantAsync(wish, hasMouse);
        foreach (var item in (await chromium.App.Anonymous.Get($"/api/wishes/{wish}")).GetProperty("items").EnumerateArray())
            await BuyAsync(wish, item.Id(), hasMouse);

        Assert.Equal("Delivered", await Desk.StatusAsync(chromium.App, wish));
        var looks = (await applicant.Get($"/api/me/wishes/{wish}/looks")).Items();
        Assert.Contains(looks, look => look.Text("what") == "identity" && look.Text("reason") == "打电话核对住址");
    }

    private async Task ReviewAsync(Guid wish, bool hasMouse)
    {
        await using var guest = await chromium.VisitAsync(new() { As = "reviewer" });
        var hands = new Hands(guest.Page, hasMouse);
        await guest.OpenAsync("/reviews?queue=open&category=household&region=jiangsu");
        await hands.PressAsync($"a[href='/reviews/{wish}']");
        await hands.PressAsync("form:has([name=_handler][value=claim]) button");
        await guest.Page.Locator("[name=findings]").WaitForAsync();
        Assert.DoesNotContain(Desk.Phone, await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);

        await hands.WriteAsync("[name=findings]", "打过电话，情况属实。");
        await hands.WriteAsync("[name=reason]", "打电话核对住址");
        await hands.PressAsync("button[value=reveal]");
        await guest.Page.GetByText(Desk.Phone).WaitForAsync();
        Assert.Equal("打过电话，情况属实。", await guest.Page.InputValueAsync("[name=findings]"));

        await hands.ChooseFirstAsync("[name='checks[0].result']", "confirmed");
        await hands.WriteAsync("[name='checks[0].evidence.statement']", "视频看过证件");
        await hands.ChooseAsync("[name=decision][value=recommend]");
        await hands.AttachAsync("[name='checks[0].evidence.files']", Photo);
        await hands.PressAsync("button[value=decide]");
        await guest.Page.GetByText("你建议了 ¥800.00，等批准").WaitForAsync();
        Assert.Equal("InReview", await Desk.StatusAsync(chromium.App, wish));
        Assert.Empty(guest.Complaints);
    }

    private async Task ApproveAsync(Guid wish, bool hasMouse)
    {
        await using var guest = await chromium.VisitAsync(new() { As = "approver" });
        var hands = new Hands(guest.Page, hasMouse);
        await guest.OpenAsync("/reviews?category=household&region=jiangsu");
        await hands.PressAsync($"a[href='/reviews/{wish}']");
        await guest.Page.Locator("form:has([name=_handler][value=approve])").WaitForAsync();
        var picture = guest.Page.Locator(".proofs img");
        await picture.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(picture).ToHaveJSPropertyAsync("naturalWidth", 96);
        Assert.NotEqual("", await picture.GetAttributeAsync("alt"));

        await hands.PressAsync("form:has([name=_handler][value=approve]) button");
        await guest.Page.GetByText("这个案件现在不用你做什么").WaitForAsync();
        Assert.Equal("Approved", await Desk.StatusAsync(chromium.App, wish));
        Assert.Empty(guest.Complaints);
    }

    private async Task GrantAsync(Guid wish, bool hasMouse)
    {
        var project = (await chromium.App.Anonymous.Get($"/api/wishes/{wish}")).Text("projectId");
        await using var guest = await chromium.VisitAsync(new() { As = "approver" });
        var hands = new Hands(guest.Page, hasMouse);
        await guest.OpenAsync($"/manage/projects/{project}");
        await hands.PressAsync($"a[href='/manage/projects/{project}/grant']");
        await guest.Page.Locator("[name=amountMinor]").WaitForAsync();
        // Of several radio buttons the tab key reaches only the first.
        if (hasMouse) await hands.ChooseAsync($"[name=wishId][value='{wish}']");
        else await guest.OpenAsync($"/manage/projects/{project}/grant?wish={wish}");
        await hands.WriteAsync("[name=amountMinor]", "800.01");
        await hands.PressAsync("form:has([name=_handler][value=grant]) button");
        await guest.Page.Locator(".field.bad [name=amountMinor]").WaitForAsync();
        Assert.True(await guest.Page.IsCheckedAsync($"[name=wishId][value='{wish}']"));
        await hands.WriteAsync("[name=amountMinor]", "800");
        await hands.PressAsync("form:has([name=_handler][value=grant]) button");
        await guest.ArriveAsync($"/manage/projects/{project}?done=grant");
        Assert.Equal("Funded", await Desk.StatusAsync(chromium.App, wish));
        Assert.Empty(guest.Complaints);
    }

    private async Task BuyAsync(Guid wish, Guid item, bool hasMouse)
    {
        await using var guest = await chromium.VisitAsync(new() { As = "finance" });
        var hands = new Hands(guest.Page, hasMouse);
        await guest.OpenAsync("/finance");
        await hands.PressAsync($"a[href='/finance/{wish}/{item}']");
        await hands.WriteAsync("[name=payee]", "城南家电商行");
        await hands.PressAsync("form:has([name=_handler][value=order]) button");
        await guest.Page.Locator("[name=actualAmountMinor]").WaitForAsync();
        await guest.OpenAsync("/finance?queue=deliver");
        await hands.PressAsync($"a[href='/finance/{wish}/{item}']");
        await guest.Page.GetByText("城南家电商行").WaitForAsync();

        await hands.WriteAsync("[name=actualAmountMinor]", "79.50");
        await hands.AttachAsync("[name='evidence.files']", Photo);
        await hands.PressAsync("form:has([name=_handler][value=deliver]) button");
        await guest.Page.Locator(".proofs img").WaitForAsync();
        Assert.Empty(guest.Complaints);
    }
}
