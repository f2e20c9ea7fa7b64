using DreamPlatform.Storage.Keys;
using DreamPlatform.Web.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Accounts;

/// <summary>The keys that protect tokens and mail: in accounts.db, sealed, and wrapped anew with all others.</summary>
public sealed class KeyRingTests
{
    [Fact]
    public async Task Keys_are_in_the_database_and_cannot_be_read_there()
    {
        await using var app = await TestApp.StartDemoAsync();
        await app.SignInAsync("donor");
        await using var scope = app.Services.CreateAsyncScope();

        var keys = await scope.ServiceProvider.GetRequiredService<AccountsDb>().DataProtectionKeys.ToListAsync();

        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.Contains("<sealed", key.Xml, StringComparison.Ordinal));
        Assert.All(keys, key => Assert.DoesNotContain("masterKey", key.Xml, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_protected_opens_after_the_key_encryption_key_was_changed_and_in_another_process()
    {
        using var data = new TemporaryFolder();
        string? token;
        string kept;
        await using (var before = await TestApp.StartAsync(new() { Demo = true, Data = data.Path }))
        {
            token = (await before.SignInAsync("donor")).DefaultRequestHeaders.Authorization!.Parameter;
            kept = before.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("x").Protect("y");
            await before.Services.GetRequiredService<PersonKeys>().Rotate(default);
        }

        await using var after = await TestApp.StartAsync(new() { Demo = true, Data = data.Path });

        await after.Client(token).GetAsync("/api/me").JsonAsync();
        Assert.Equal("y", after.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("x").Unprotect(kept));
    }
}
