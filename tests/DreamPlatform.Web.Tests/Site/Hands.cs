using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>How somebody works a page: with a mouse, or with nothing but the keyboard.</summary>
internal sealed class Hands(IPage page, bool hasMouse)
{
    private const int MostTabs = 400;

    public async Task PressAsync(string what)
    {
        if (hasMouse) await page.ClickAsync(what);
        else await KeyAsync(what, "Enter");
    }

    public async Task WriteAsync(string what, string text)
    {
        if (hasMouse)
        {
            await page.FillAsync(what, text);
            return;
        }

        await ReachAsync(what);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(text);
    }

    public async Task ChooseAsync(string radio)
    {
        if (hasMouse) await page.CheckAsync(radio);
        else await KeyAsync(radio, "Space");
        Assert.True(await page.IsCheckedAsync(radio));
    }

    /// <summary>Chooses the first real option of a list.</summary>
    public async Task ChooseFirstAsync(string select, string value)
    {
        if (hasMouse) await page.SelectOptionAsync(select, value);
        else await KeyAsync(select, "ArrowDown");
        Assert.Equal(value, await page.InputValueAsync(select));
    }

    public async Task AttachAsync(string what, FilePayload file)
    {
        if (hasMouse)
        {
            await page.SetInputFilesAsync(what, file);
            return;
        }

        var chooser = await page.RunAndWaitForFileChooserAsync(() => KeyAsync(what, "Enter"));
        await chooser.SetFilesAsync(file);
    }

    private async Task KeyAsync(string what, string key)
    {
        await ReachAsync(what);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Goes on with the tab key until the focus is there; a page on which it never comes is broken.</summary>
    private async Task ReachAsync(string what)
    {
        var target = page.Locator(what).First;
        await target.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        for (var i = 0; i < MostTabs; i++)
        {
            if (await target.EvaluateAsync<bool>("it => it === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The tab key never reaches {what}.");
    }
}
