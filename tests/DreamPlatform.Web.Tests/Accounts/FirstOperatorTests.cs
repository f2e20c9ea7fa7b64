using System.Net.Http.Json;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Operating;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Accounts;

public sealed class FirstOperatorTests
{
    private static readonly Dictionary<string, string?> Configured = new()
    {
        ["FirstOperator:Email"] = "root@example.org",
        ["FirstOperator:Password"] = "Correct-Horse-7",
    };

    [Fact]
    public async Task A_platform_can_be_set_up_by_HTTP_alone()
    {
        await using var app = await TestApp.StartAsync(new() { Settings = Configured });
        var root = await app.SignInAsync("root@example.org", "Correct-Horse-7");
        await SecondFactor.EnableAsync(root);
        await app.RegisterAsync("li@example.org");

        var foundation = await root.PostAsJsonAsync(
            "/api/foundations", new { name = "Bright", registrationCode = "1" }).JsonAsync(201);
        await root.PostAsJsonAsync("/api/accounts/li@example.org/roles",
            new { role = "foundation", foundationId = foundation.GetProperty("id").GetGuid() }).JsonAsync();

        var me = await (await app.SignInAsync("li@example.org")).GetAsync("/api/me").JsonAsync();
        Assert.Equal("foundation", me.GetProperty("roles")[0].GetProperty("role").GetString());
    }

    [Fact]
    public async Task Without_demo_there_is_no_other_account()
    {
        await using var app = await TestApp.StartAsync(new() { Settings = Configured });
        await using var scope = app.Services.CreateAsyncScope();

        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<AccountsDb>().Users.CountAsync());
    }

    [Fact]
    public async Task Once_there_is_an_operator_the_setting_makes_no_other()
    {
        using var data = new TemporaryFolder();
        await (await TestApp.StartAsync(new() { Data = data.Path, Settings = Configured })).DisposeAsync();
        var other = new Dictionary<string, string?>(Configured) { ["FirstOperator:Email"] = "second@example.org" };

        await using var app = await TestApp.StartAsync(new() { Data = data.Path, Settings = other });

        await app.SignInAsync("root@example.org", "Correct-Horse-7");
        await Assert.ThrowsAsync<HttpRequestException>(() => app.SignInAsync("second@example.org", "Correct-Horse-7"));
    }

    [Fact]
    public async Task Whoever_registered_the_operators_address_first_does_not_become_operator()
    {
        using var data = new TemporaryFolder();
        await using (var open = await TestApp.StartAsync(new() { Data = data.Path }))
            await open.RegisterAsync("root@example.org", "Thief-1234!");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(
            () => TestApp.StartAsync(new() { Data = data.Path, Settings = Configured }));

        Assert.Contains("FirstOperator:Email", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weak_password_is_refused_with_what_to_set()
    {
        var weak = new Dictionary<string, string?>(Configured) { ["FirstOperator:Password"] = "weak" };

        var refused = await Assert.ThrowsAsync<StartRefusedException>(
            () => TestApp.StartAsync(new() { Settings = weak }));

        Assert.Contains("Set FirstOperator", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("weak", refused.Message, StringComparison.Ordinal);
    }
}
