using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>
/// How somebody works a page: with a mouse, which some press twice on every button, or with nothing but the keyboard.
/// </summary>
internal sealed class Hands(IPage page, bool hasMouse, bool pressesTwice = false)
{
    private const int MostTabs = 400, MostChoices = 60;

    public async Task PressAsync(string what)
    {
        if (!hasMouse) await KeyAsync(what, "Enter");
        else if (pressesTwice && what.Contains("button", StringComparison.Ordinal)) await page.DblClickAsync(what);
        else await page.ClickAsync(what);
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

    /// <summary>One of several: the tab key reaches the group, the arrows go through it.</summary>
    public async Task ChooseAsync(string radio)
    {
        if (hasMouse)
        {
            await page.Locator(radio).First.CheckAsync();
            return;
        }

        var group = await page.Locator(radio).First.GetAttributeAsync("name");
        await ReachAsync(radio, "(it, group) => it === document.activeElement || document.activeElement.name === group", group);
        await page.Keyboard.PressAsync("Space");
        await ArrowAsync(() => page.Locator(radio).First.IsCheckedAsync(), radio);
    }

    /// <summary>An option of a list.</summary>
    public async Task SelectAsync(string select, string value)
    {
        if (hasMouse)
        {
            await page.SelectOptionAsync(select, value);
            return;
        }

        await ReachAsync(select);
        await ArrowAsync(async () => await page.InputValueAsync(select) == value, $"{value} of {select}");
    }

    private async Task ArrowAsync(Func<Task<bool>> isThere, string what)
    {
        for (var i = 0; i < MostChoices; i++)
        {
            if (await isThere()) return;
            await page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.Fail($"The arrow key never reaches {what}.");
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
    private async Task ReachAsync(
        string what, string isThere = "it => it === document.activeElement", string? argument = null)
    {
        var target = page.Locator(what).First;
        await target.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        for (var i = 0; i < MostTabs; i++)
        {
            if (await target.EvaluateAsync<bool>(isThere, argument)) return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The tab key never reaches {what}.");
    }
}
