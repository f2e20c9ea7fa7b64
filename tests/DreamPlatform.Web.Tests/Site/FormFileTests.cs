using System.Text.RegularExpressions;
using DreamPlatform.Web.Site.Proofs;
using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>A form with files loses nothing that was typed, and no good file, whatever is wrong with another.</summary>
public sealed class FormFileTests(Chromium chromium)
{
    private const string Typed = "<b>“门牌” & 楼道</b>", Field = "checks[0].evidence";

    private const int Megabyte = 1024 * 1024;

    private static FilePayload Good => new() { Name = "门.png", MimeType = "image/png", Buffer = Wizard.Picture };

    private static FilePayload Wrong => new() { Name = "wrong.png", MimeType = "image/png", Buffer = "no picture"u8.ToArray() };

    private static FilePayload Large(int megabytes) =>
        new() { Name = $"{megabytes}.jpg", MimeType = "image/jpeg", Buffer = new byte[megabytes * Megabyte] };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_file_and_one_that_is_too_large_cost_neither_the_good_one_nor_a_word(bool hasScript)
    {
        Chromium.Require();
        await using var guest = await DeskAsync(hasScript);

        await SendAsync(guest, Wrong, Good, Large(11));

        var errors = await guest.Page.Locator($"[id='{Field}'] .err").AllInnerTextsAsync();
        Assert.Contains(errors, error => error.Contains("“wrong.png”：请传 JPEG", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("“11.jpg”：文件太大，最多 10 MB", StringComparison.Ordinal));
        await TypedIsThereAsync(guest);
        Assert.Equal(1, await KeptAsync(guest));
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task More_than_is_kept_at_once_leads_back_to_the_page_with_a_word_about_each_file()
    {
        Chromium.Require();
        await using var guest = await DeskAsync(hasScript: false);

        await SendAsync(guest, Good, Large(9), Large(9), Large(9), Large(12));

        var errors = string.Join('\n', await guest.Page.Locator($"[id='{Field}'] .err").AllInnerTextsAsync());
        Assert.Equal(2, Regex.Count(errors, "这几个文件加起来太大"));
        await TypedIsThereAsync(guest);
        Assert.Equal(1, await KeptAsync(guest));
    }

    [Fact]
    public async Task More_than_is_read_at_all_leads_back_with_every_word()
    {
        Chromium.Require();
        using var folder = new TemporaryFolder();
        var film = Path.Combine(folder.Path, "film.mp4");
        await using (var file = File.Create(film)) file.SetLength(SentForm.MaxReadBytes + (20 * Megabyte));
        await using var guest = await DeskAsync(hasScript: false);

        await guest.Page.SetInputFilesAsync($"[name='{Field}.files']", film);
        await guest.Page.ClickAsync("button[value=add]", new() { Timeout = 60_000 });
        await guest.Page.Locator(".errors").WaitForAsync(new() { Timeout = 60_000 });

        Assert.Contains("film.mp4", await guest.Page.Locator($"[id='{Field}'] .err").First.InnerTextAsync(), StringComparison.Ordinal);
        await TypedIsThereAsync(guest);
    }

    /// <summary>What comes after a file that takes too long is not received.</summary>
    [Theory]
    [InlineData("/reviews/{claimed}", "reviewer")]
    [InlineData("/finance/{ordered}", "finance")]
    [InlineData("/apply/{mine-Draft}/photo", "applicant")]
    public async Task Files_come_after_all_that_is_typed(string path, string name)
    {
        Chromium.Require();
        await using var guest = await chromium.VisitAsync(new() { As = name });
        await guest.OpenAsync(await new SitePageCase(path, name).AddressAsync(chromium.App));

        var late = await guest.Page.EvaluateAsync<string[]>("""
            () => [...document.forms].map(form => [...form.elements].map(it => [it.type, it.name]))
              .filter(form => form.some(([type]) => type === "file"))
              .flatMap(form => form.slice(form.findIndex(([type]) => type === "file")))
              .filter(([type]) => !["file", "submit"].includes(type)).map(([, name]) => name)
            """);

        Assert.Equal(1, await guest.Page.Locator("form:has([type=file])").CountAsync());
        Assert.Empty(late);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_wait_with_what_was_typed_until_their_sender_has_signed_in_again(bool hasScript)
    {
        Chromium.Require();
        await using var guest = await DeskAsync(hasScript);
        await EndSessionAsync(guest);

        await SendAsync(guest, Good, Large(11));
        Assert.Contains("文件也会留一个小时", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await guest.EnterAsync("reviewer");
        await guest.Page.Locator("[type=hidden][name$='.lost']").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Contains("11.jpg", await guest.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await guest.Page.ClickAsync("main form:has([name$='.lost']) button");
        await guest.Page.Locator(".errors").WaitForAsync();

        Assert.Contains("“11.jpg”没能留住", await guest.Page.InnerTextAsync($"[id='{Field}'] .err"), StringComparison.Ordinal);
        await TypedIsThereAsync(guest);
        Assert.Equal(1, await KeptAsync(guest));
        var file = await guest.Page.Context.APIRequest.GetAsync((await guest.Page.Locator(".kept a").GetAttributeAsync("href"))!);
        Assert.Equal(200, file.Status);
        Assert.Empty(guest.Complaints);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Photos_of_an_applicant_are_attached_once_though_one_is_wrong_the_button_is_clicked_twice_and_the_session_ends(
        bool hasScript)
    {
        Chromium.Require();
        var who = await chromium.NewcomerAsync();
        await using var guest = await chromium.VisitAsync(new() { As = who, HasScript = hasScript, Width = 360 });
        var wish = await guest.BeginAsync();
        await guest.OpenAsync($"/apply/{wish}/photo");

        await guest.Page.ClickAsync("form[enctype] button");
        await guest.Page.GetByText("请先选一张照片或一份证明").First.WaitForAsync();
        await guest.Page.SetInputFilesAsync(Wizard.Photo, [Good, Wrong]);
        await guest.Page.DblClickAsync("form[enctype] button");
        await guest.Page.Locator(".photo img").First.WaitForAsync();
        await guest.Page.Locator(".errors").WaitForAsync();
        Assert.Equal(1, await guest.Page.Locator(".photo img").CountAsync());
        Assert.Equal(0, await KeptAsync(guest));

        await EndSessionAsync(guest);
        await guest.Page.SetInputFilesAsync(Wizard.Photo, Good);
        await guest.Page.ClickAsync("form[enctype] button");
        await guest.Page.Locator("[name=password]").WaitForAsync();
        await guest.EnterAsync(who);
        await guest.Page.ClickAsync("main form:has([name$='.fileIds']) button");
        await guest.Page.Locator(".photo img").Nth(1).WaitForAsync();

        var files = (await chromium.ApplicationAsync(who, wish)).GetProperty("evidence").GetProperty("fileIds");
        Assert.Equal(2, files.GetArrayLength());
        Assert.True(await guest.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360);
        Assert.Empty(guest.Complaints);
    }

    /// <summary>A reviewer at a case, with words before and after the file.</summary>
    private async Task<Guest> DeskAsync(bool hasScript)
    {
        var wish = await Desk.ClaimedAsync(chromium.App);
        var guest = await chromium.VisitAsync(new() { As = "reviewer", HasScript = hasScript });
        await guest.OpenAsync($"/reviews/{wish}");
        await guest.Page.FillAsync($"[name='{Field}.statement']", Typed);
        await guest.Page.FillAsync("[name=findings]", Typed);
        return guest;
    }

    private static async Task SendAsync(Guest guest, params FilePayload[] files)
    {
        // Some of them are large, and the machine may be busy.
        await guest.Page.SetInputFilesAsync($"[name='{Field}.files']", files, new() { Timeout = 60_000 });
        await guest.Page.ClickAsync("button[value=add]", new() { Timeout = 60_000 });
        await guest.Page.Locator(".errors, [name=password]").First.WaitForAsync(new() { Timeout = 60_000 });
    }

    private static Task EndSessionAsync(Guest guest) =>
        guest.Page.Context.ClearCookiesAsync(new() { NameRegex = new Regex("^dreamplatform$") });

    private static async Task TypedIsThereAsync(Guest guest)
    {
        Assert.Equal(Typed, await guest.Page.InputValueAsync($"[name='{Field}.statement']"));
        Assert.Equal(Typed, await guest.Page.InputValueAsync("[name=findings]"));
    }

    private static Task<int> KeptAsync(Guest guest) => guest.Page.Locator(".kept [type=checkbox]:checked").CountAsync();
}
