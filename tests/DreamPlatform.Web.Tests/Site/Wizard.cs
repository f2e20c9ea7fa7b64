using DreamPlatform.Storage.Tests.Files;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>Somebody who applies, step by step.</summary>
internal static class Wizard
{
    /// <summary>The input of the step with the photo.</summary>
    public const string Photo = "[name='evidence.files']";

    public const string Main = "main form .btn:not(.alt)";

    /// <summary>An account of the test's own.</summary>
    public static async Task<string> NewcomerAsync(this Chromium chromium)
    {
        var name = $"newcomer-{Guid.NewGuid():N}";
        await chromium.App.RegisterAsync($"{name}@demo.example");
        return name;
    }

    /// <summary>Begins a draft in a project of the demo; answers its id.</summary>
    public static async Task<string> BeginAsync(this Guest guest)
    {
        await guest.OpenAsync("/apply");
        // The oldest, which is the demo's: other tests make and close projects of their own.
        await guest.Page.Locator("label.pick").Last.ClickAsync();
        await guest.Page.ClickAsync(Main);
        await guest.ArriveAsync("/need");
        return guest.Page.Url.Split('/')[^2];
    }

    public static async Task GoOnAsync(this Guest guest, string to)
    {
        await guest.Page.ClickAsync(Main);
        await guest.ArriveAsync($"/{to}");
    }

    public static async Task AnswerNeedAsync(this Guest guest, string title)
    {
        await guest.Page.FillAsync("[name=title]", title);
        await guest.GoOnAsync("story");
    }

    public static async Task AnswerStoryAsync(this Guest guest, string story)
    {
        await guest.Page.FillAsync("[name=story]", story);
        await guest.GoOnAsync("category");
    }

    /// <summary>From the kind of need to the last question.</summary>
    public static async Task AnswerRestAsync(this Guest guest)
    {
        await guest.Page.Locator("label.pick", new() { HasText = "家电家具" }).ClickAsync();
        await guest.GoOnAsync("region");
        await guest.Page.SelectOptionAsync("[name=region]", "sichuan");
        await guest.GoOnAsync("items/1");
        await guest.AnswerItemAsync(0, "洗衣机", "1", "899.50");
        await guest.Page.ClickAsync("a[href$='/items/2']");
        await guest.AnswerItemAsync(1, "<b>棉被</b>", "2", "360");
        await guest.Page.ClickAsync("main a.btn[href$='/person']");
        await guest.Page.FillAsync("[name='applicant.name']", "李华");
        await guest.Page.FillAsync("[name='applicant.phone']", "13000000000");
        await guest.GoOnAsync("photo");
    }

    public static async Task AnswerItemAsync(this Guest guest, int at, string name, string quantity, string yuan)
    {
        await guest.Page.FillAsync($"[name='items[{at}].name']", name);
        await guest.Page.FillAsync($"[name='items[{at}].quantity']", quantity);
        await guest.Page.FillAsync($"[name='items[{at}].amountMinor']", yuan);
        await guest.GoOnAsync("items");
    }

    public static Task SendFileAsync(this Guest guest, byte[] content, string kind) => SendAsync(
        guest, new() { Name = "file", MimeType = kind, Buffer = content });

    public static byte[] Picture => Planted.Clean("image/png");

    /// <summary>What the applicant has, by the API.</summary>
    public static async Task<System.Text.Json.JsonElement> ApplicationAsync(this Chromium chromium, string who, string wish)
    {
        using var client = await chromium.App.SignInAsync(who);
        return (await client.Get($"/api/me/wishes/{wish}")).GetProperty("application");
    }

    private static async Task SendAsync(Guest guest, FilePayload file)
    {
        await guest.Page.SetInputFilesAsync(Photo, file);
        await guest.Page.ClickAsync("form[enctype='multipart/form-data'] .btn");
        await guest.Page.WaitForLoadStateAsync(LoadState.Load, new() { Timeout = 60_000 });
    }
}
