using DreamPlatform.Storage.Tests.Files;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>One wish, from its first word to the last thing received, on the pages of everybody who takes part.</summary>
public sealed class WholeJourneyTests(Chromium chromium)
{
    private const string Phone = "13000004417";

    private static FilePayload Photo => new() { Name = "door.jpg", MimeType = "image/jpeg", Buffer = Planted.Clean("image/jpeg") };

    /// <summary>In what way the pages are worked, in Chinese.</summary>
    public static TheoryData<string> Ways => ["mouse", "keyboard", "no script", "phone", "double clicks"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_wish_is_written_reviewed_given_to_bought_and_received(string way)
    {
        Chromium.Require();
        var applicant = await chromium.NewcomerAsync();
        var wish = Guid.Empty;

        await AsAsync(applicant, way, async (guest, hands) => wish = await ApplyAsync(guest, hands));
        await AsAsync("reviewer", way, (guest, hands) => ReviewAsync(guest, hands, wish));
        await AsAsync("approver", way, (guest, hands) => ApproveAsync(guest, hands, wish));
        await AsAsync(applicant, way, (guest, hands) => AcceptAsync(guest, hands, wish));
        await AsAsync("donor", way, (guest, hands) => GiveAsync(guest, hands, wish));
        await AsAsync("approver", way, (guest, hands) => GrantAsync(guest, hands, wish));
        await AsAsync("finance", way, (guest, hands) => BuyAsync(guest, hands, wish));
        await AsAsync(applicant, way, (guest, hands) => ConfirmAsync(guest, hands, wish));

        var shown = await chromium.App.Anonymous.Get($"/api/wishes/{wish}");
        Assert.Equal(
            ("Fulfilled", 12_000L, 11_950L, 1L),
            (shown.Text("status"), shown.Number("paidMinor"), shown.Number("disbursedMinor"), shown.Number("pledgeCount")));
        var done = (await chromium.App.Anonymous.Get($"/api/wishes/{wish}/timeline?limit=100")).Items()
            .Select(it => it.Text("what")).Where(it => it != "wish-draft-edited");
        Assert.Equal(
            [
                "wish-drafted", "wish-submitted", "wish-claimed", "wish-recommended", "wish-approval-given",
                "wish-approved", "wish-accepted", "wish-funded", "item-ordered", "item-delivered", "wish-delivered",
                "item-confirmed", "wish-fulfilled",
            ],
            done);
        using var person = await chromium.App.SignInAsync(applicant);
        var look = Assert.Single(
            (await person.Get($"/api/me/wishes/{wish}/looks")).Items(), it => it.Text("what") == "identity");
        Assert.Equal("打电话核对住址", look.Text("reason"));
    }

    private async Task AsAsync(string who, string way, Func<Guest, Hands, Task> work)
    {
        await using var guest = await chromium.VisitAsync(
            new() { As = who, HasScript = way != "no script", Width = way == "phone" ? 360 : 1280 });
        await work(guest, new Hands(guest.Page, way != "keyboard", way == "double clicks"));
        Assert.Empty(guest.Complaints);
    }

    private static async Task<Guid> ApplyAsync(Guest guest, Hands hands)
    {
        async Task GoOnAsync(string to)
        {
            await hands.PressAsync("main form .acts button:not(.alt)");
            await guest.ArriveAsync($"/{to}");
        }

        await guest.OpenAsync("/apply");
        await hands.ChooseAsync("[name=projectId] >> nth=-1");
        await hands.PressAsync("main form button");
        await guest.ArriveAsync("/need");
        await hands.WriteAsync("[name=title]", "一台洗衣机");
        await GoOnAsync("story");
        await hands.WriteAsync("[name=story]", "六个人合住，都用手洗。");
        await GoOnAsync("category");
        await hands.ChooseAsync("[name=category][value=household]");
        await GoOnAsync("region");
        await hands.SelectAsync("[name=region]", "hebei");
        await GoOnAsync("items/1");
        await hands.WriteAsync("[name='items[0].name']", "洗衣机");
        await hands.WriteAsync("[name='items[0].amountMinor']", "120");
        await GoOnAsync("items");
        await hands.PressAsync("main a.btn[href$='/person']");
        await guest.ArriveAsync("/person");
        await hands.WriteAsync("[name='applicant.name']", "陈小梅");
        await hands.WriteAsync("[name='applicant.phone']", Phone);
        await GoOnAsync("photo");
        await hands.AttachAsync(Wizard.Photo, Photo);
        await hands.PressAsync("form[enctype='multipart/form-data'] button");
        await guest.Page.Locator(".photo img").WaitForAsync();
        await hands.PressAsync("button[value=onward]");
        await guest.ArriveAsync("/check");
        await GoOnAsync("done");
        return Guid.Parse(guest.Page.Url.Split('/')[^2]);
    }

    private static async Task ReviewAsync(Guest guest, Hands hands, Guid wish)
    {
        await guest.OpenAsync("/reviews?queue=open&category=household&region=hebei");
        await hands.PressAsync($"a[href='/reviews/{wish}']");
        await hands.PressAsync("form:has([name=_handler][value=claim]) button");
        await guest.Page.Locator("[name=findings]").WaitForAsync();
        Assert.DoesNotContain(Phone, await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);

        await hands.WriteAsync("[name=findings]", "打过电话，情况属实。");
        await hands.WriteAsync("[name=reason]", "打电话核对住址");
        await hands.PressAsync("button[value=reveal]");
        await guest.Page.GetByText(Phone).WaitForAsync();
        Assert.Equal("打过电话，情况属实。", await guest.Page.InputValueAsync("[name=findings]"));

        await hands.SelectAsync("[name='checks[0].result']", "confirmed");
        await hands.WriteAsync("[name='checks[0].evidence.statement']", "视频看过证件");
        await hands.ChooseAsync("[name=decision][value=recommend]");
        await hands.AttachAsync("[name='checks[0].evidence.files']", Photo);
        await hands.PressAsync("button[value=decide]");
        await guest.Page.GetByText("你建议了 ¥120.00，等批准").WaitForAsync();
    }

    private static async Task ApproveAsync(Guest guest, Hands hands, Guid wish)
    {
        await guest.OpenAsync("/reviews?category=household&region=hebei");
        await hands.PressAsync($"a[href='/reviews/{wish}']");
        await guest.Page.Locator("form:has([name=_handler][value=approve])").WaitForAsync();
        var picture = guest.Page.Locator(".proofs img").First;
        await picture.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(picture).ToHaveJSPropertyAsync("naturalWidth", 96);
        Assert.NotEqual("", await picture.GetAttributeAsync("alt"));

        await hands.PressAsync("form:has([name=_handler][value=approve]) button");
        await guest.Page.GetByText("这个案件现在不用你做什么").WaitForAsync();
    }

    private static async Task AcceptAsync(Guest guest, Hands hands, Guid wish)
    {
        await OpenOwnAsync(guest, hands, wish);
        await hands.PressAsync("main a[href$='/accept']");
        await guest.ArriveAsync("/accept");
        await hands.ChooseAsync("[name=publishStory][value=yes]");
        await hands.PressAsync("main form button");
        await guest.ArriveAsync($"/me/wishes/{wish}");
    }

    private static async Task OpenOwnAsync(Guest guest, Hands hands, Guid wish)
    {
        await guest.OpenAsync("/me/wishes");
        await hands.PressAsync($".card a[href$='{wish}']");
        await guest.ArriveAsync($"/me/wishes/{wish}");
    }

    private static async Task GiveAsync(Guest guest, Hands hands, Guid wish)
    {
        Task AtAsync(string step) => guest.Page.Locator($"main form[action*='{step}']").WaitForAsync();

        await guest.OpenAsync($"/wishes/{wish}/give");
        await hands.ChooseAsync("[name=choice][value='5000']");
        await hands.PressAsync("main form button");
        await AtAsync("/give/name");
        await hands.ChooseAsync("[name=anonymous][value=true]");
        await hands.WriteAsync("#message", "早点用上");
        await hands.PressAsync("main form button");
        await AtAsync("/give/check");
        await hands.PressAsync("main form button");
        await AtAsync("/pay/");
        await hands.PressAsync("main button[value=paid]");
        await guest.Page.Locator(".gift").WaitForAsync();
    }

    private async Task GrantAsync(Guest guest, Hands hands, Guid wish)
    {
        var project = (await chromium.App.Anonymous.Get($"/api/wishes/{wish}")).Text("projectId");
        await guest.OpenAsync($"/manage/projects/{project}");
        await hands.PressAsync($"a[href='/manage/projects/{project}/grant']");
        await guest.Page.Locator("[name=amountMinor]").WaitForAsync();
        await hands.ChooseAsync($"[name=wishId][value='{wish}']");
        await hands.WriteAsync("[name=amountMinor]", "70.01");
        await hands.PressAsync("form:has([name=_handler][value=grant]) button");
        await guest.Page.Locator(".field.bad [name=amountMinor]").WaitForAsync();
        Assert.True(await guest.Page.IsCheckedAsync($"[name=wishId][value='{wish}']"));
        await hands.WriteAsync("[name=amountMinor]", "70");
        await hands.PressAsync("form:has([name=_handler][value=grant]) button");
        await guest.ArriveAsync($"/manage/projects/{project}?done=grant");
    }

    private static async Task BuyAsync(Guest guest, Hands hands, Guid wish)
    {
        await guest.OpenAsync("/finance");
        await hands.PressAsync($"a[href^='/finance/{wish}/']");
        await hands.WriteAsync("[name=payee]", "城南家电商行");
        await hands.PressAsync("form:has([name=_handler][value=order]) button");
        await guest.Page.Locator("[name=actualAmountMinor]").WaitForAsync();
        await guest.OpenAsync("/finance?queue=deliver");
        await hands.PressAsync($"a[href^='/finance/{wish}/']");
        await guest.Page.GetByText("城南家电商行").WaitForAsync();

        await hands.WriteAsync("[name=actualAmountMinor]", "119.50");
        await hands.AttachAsync("[name='evidence.files']", Photo);
        await hands.PressAsync("form:has([name=_handler][value=deliver]) button");
        await guest.Page.Locator(".proofs img").WaitForAsync();
    }

    private static async Task ConfirmAsync(Guest guest, Hands hands, Guid wish)
    {
        await OpenOwnAsync(guest, hands, wish);
        await hands.PressAsync("main form button");
        await guest.Page.GetByText("愿望实现了").First.WaitForAsync();
    }
}
