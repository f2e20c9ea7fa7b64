using System.Text.RegularExpressions;
using DreamPlatform.Web.Accounts;
using Microsoft.Playwright;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>Somebody at a browser.</summary>
public sealed class Guest : IAsyncDisposable
{
    private readonly List<string> complaints = [];

    internal Guest(IPage page)
    {
        Page = page;
        // A policy that a page breaks, or a script that fails, is said only here.
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("status of 4", StringComparison.Ordinal))
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>What the browser held against the pages it showed.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public async Task<IResponse?> OpenAsync(string path) => await Page.GotoAsync(path);

    /// <summary>
    /// Waits until the browser is at an address that ends so; <c>*</c> stands for anything. Unlike waiting for one
    /// navigation it holds when a second click ends the first.
    /// </summary>
    public async Task ArriveAsync(string end)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(
            new Regex($"{Regex.Escape(end).Replace("\\*", ".*", StringComparison.Ordinal)}$"), new() { Timeout = 15_000 });
        await Page.WaitForLoadStateAsync();
    }

    /// <summary>Signs in by the form, as people do.</summary>
    public async Task SignInAsync(string name, string password = DemoAccounts.Password)
    {
        await OpenAsync("/sign-in");
        await EnterAsync(name, password);
        await Page.Locator("form[action='/sign-out']").WaitForAsync();
    }

    /// <summary>Fills the sign-in form that is shown, and sends it.</summary>
    public async Task EnterAsync(string name, string password = DemoAccounts.Password)
    {
        await Page.FillAsync("[name=email]", $"{name}@demo.example");
        await Page.FillAsync("[name=password]", password);
        await Page.ClickAsync("main button");
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
