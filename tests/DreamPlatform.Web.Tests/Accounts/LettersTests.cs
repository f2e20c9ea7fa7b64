using System.Text;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Accounts;

public sealed class LettersTests
{
    [Fact]
    public async Task A_letter_is_kept_with_what_causes_it_or_not_at_all()
    {
        await using var app = await TestApp.StartAsync();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
            var letters = scope.ServiceProvider.GetRequiredService<Letters>();
            await using (await db.Database.BeginTransactionAsync())
            {
                letters.Add(null, "lost@example.org", Topics.ConfirmEmail);
                await db.SaveChangesAsync();
            }

            letters.Add(null, "wang@example.org", Topics.ConfirmEmail, ("link", "https://x/?a=1"), ("b", "二"));
            await db.SaveChangesAsync();
        }

        await using var later = app.Services.CreateAsyncScope();
        var letter = await later.ServiceProvider.GetRequiredService<AccountsDb>().Letters.SingleAsync();
        var (address, values) = later.ServiceProvider.GetRequiredService<Letters>().Open(letter);
        Assert.Equal(("wang@example.org", Topics.ConfirmEmail, 7), (address, letter.Topic, letter.Id.Version));
        Assert.Equal([new("b", "二"), new("link", "https://x/?a=1")], values);
        Assert.Equal(letter.CreatedAt, letter.NextAt);
    }

    [Fact]
    public async Task Letters_are_found_by_when_they_are_due()
    {
        await using var app = await TestApp.StartAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        scope.ServiceProvider.GetRequiredService<Letters>().Add(null, "wang@example.org", Topics.ConfirmEmail);
        await db.SaveChangesAsync();
        var now = TimeProvider.System.GetUtcNow();

        Assert.Empty(await db.Letters.Where(it => it.NextAt <= now.AddMinutes(-1)).ToListAsync());
        Assert.Single(await db.Letters.Where(it => it.NextAt <= now.AddMinutes(1)).ToListAsync());
    }

    [Fact]
    public async Task Who_gets_a_letter_and_what_it_says_cannot_be_read_in_the_database()
    {
        using var data = new TemporaryFolder();
        await using (var app = await TestApp.StartAsync(new() { Data = data.Path }))
        {
            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Letters>()
                .Add(null, "PLANTED-address@example.org", Topics.ResetPassword, ("code", "PLANTED-code"));
            await scope.ServiceProvider.GetRequiredService<AccountsDb>().SaveChangesAsync();
        }

        SqliteConnection.ClearAllPools();
        var files = string.Concat(Directory.GetFiles(data.Path, "accounts.db*")
            .Select(path => Encoding.UTF8.GetString(File.ReadAllBytes(path))));
        Assert.Contains(Topics.ResetPassword, files, StringComparison.Ordinal);
        Assert.DoesNotContain("PLANTED", files, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1:")]
    [InlineData("https://wishes.example.org/", "https://wishes.example.org/api/x?code=a%2Bb%26")]
    public async Task Links_begin_with_the_platforms_own_address(string? url, string expected)
    {
        await using var app = await TestApp.StartAsync(new() { Settings = new() { ["Site:Url"] = url } });

        var link = app.Services.GetRequiredService<Links>().To("/api/x", ("code", "a+b&"));

        Assert.StartsWith(expected, link, StringComparison.Ordinal);
        Assert.EndsWith("/api/x?code=a%2Bb%26", link, StringComparison.Ordinal);
        Assert.DoesNotContain(":0/", link, StringComparison.Ordinal);
    }
}
