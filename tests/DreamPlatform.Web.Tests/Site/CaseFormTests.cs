using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>What a reviewer who works on a case is told, and what is told of them.</summary>
public sealed class CaseFormTests(Chromium chromium)
{
    [Fact]
    public async Task Who_confirms_without_a_decision_is_told_which_question_is_open()
    {
        Chromium.Require();
        var wish = await Desk.ClaimedAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "reviewer", HasScript = false });
        await guest.OpenAsync($"/reviews/{wish}");

        await guest.Page.ClickAsync("button[value=decide]");

        Assert.Contains("你的决定", await guest.Page.InnerTextAsync(".errors a[href$='#decision']"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Looking_at_who_an_applicant_is_with_a_double_click_is_written_down_once(bool hasScript)
    {
        Chromium.Require();
        var wish = await Desk.ClaimedAsync(chromium.App);
        await using var guest = await chromium.VisitAsync(new() { As = "reviewer", HasScript = hasScript });
        await guest.OpenAsync($"/reviews/{wish}");
        await guest.Page.FillAsync("[name=reason]", "打电话问地址");

        await guest.Page.DblClickAsync("button[value=reveal]");
        await guest.Page.GetByText(Desk.Phone).WaitForAsync();

        using var applicant = await chromium.App.SignInAsync("applicant");
        var looks = (await applicant.Get($"/api/me/wishes/{wish}/looks")).Items();
        Assert.Equal(1, Assert.Single(looks, it => it.Text("what") == "identity").GetProperty("times").GetInt32());
        Assert.Empty(guest.Complaints);
    }
}
