using System.Text.RegularExpressions;
using DreamPlatform.Web.Operating;

namespace DreamPlatform.Web.Tests.Operating;

public sealed class StartTests
{
    [Fact]
    public async Task Help_lists_every_command_and_option()
    {
        var (code, output, _) = await ServerProcess.RunAsync(["--help"]);

        Assert.Equal(0, code);
        Assert.All(["--demo", "--data", "--urls", "verify", "rebuild", Server.DefaultUrls],
            word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_is_refused_until_the_first_is_gone_however_it_went()
    {
        using var data = new TemporaryFolder();
        await using var first = await ServerProcess.ServeAsync("--data", data.Path);

        var (code, _, error) = await ServerProcess.RunAsync(["--data", data.Path, "--urls", "http://127.0.0.1:0"]);
        Assert.Equal(1, code);
        Assert.Equal(
            $"Another process serves the data in {data.Path}. Stop it, or set --data to another folder.", error.Trim());

        await first.KillAsync();
        await using var second = await ServerProcess.ServeAsync("--data", data.Path);
        Assert.Equal(0, await second.StopAsync());
    }

    [Fact]
    public async Task The_API_and_its_page_are_served_by_the_built_executable()
    {
        using var data = new TemporaryFolder();
        var folder = Path.Combine(data.Path, "new", "folder");
        await using var server = await ServerProcess.ServeAsync("--demo", "--data", folder);
        using var client = new HttpClient { BaseAddress = server.Address };

        await client.GetAsync("/health/live").JsonAsync();
        await client.GetAsync("/health/ready").JsonAsync();
        Assert.Contains("scalar.js", await client.GetStringAsync("/docs/"), StringComparison.Ordinal);
        Assert.True((await client.GetAsync("/docs/scalar.js")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Pages_come_with_their_style_and_script_from_the_built_executable_as_it_is_started()
    {
        using var data = new TemporaryFolder();
        await using var server = await ServerProcess.ServeAsync("--demo", "--data", data.Path);
        using var client = new HttpClient { BaseAddress = server.Address };

        var page = await client.GetStringAsync("/");
        foreach (var kind in new[] { @"src=""(_framework/blazor\.web\.[^""]*js)""", @"href=""(site\.[^""]*css)""" })
        {
            using var asset = await client.GetAsync($"/{Regex.Match(page, kind).Groups[1].Value}");
            Assert.True(asset.IsSuccessStatusCode, kind);
            Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Payments:PayWithin", "00:00:59", "Set Payments:PayWithin to a time from 00:01:00 (a minute)")]
    [InlineData("Payments:PayWithin", "31.00:00:00", "Set Payments:PayWithin to")]
    [InlineData("Payments:PayWithin", "soon", "'soon' at 'Payments:PayWithin'")]
    [InlineData("Payments:PayWithn", "1:00:00", "There is no such setting: 'PayWithn'.")]
    [InlineData("Payments:Sandbox:Enabled", "true", "Set Payments:Sandbox:Secret to at least 16 characters")]
    [InlineData("Money:Currency", "yuan", "Set Money:Currency to an ISO 4217 code")]
    [InlineData("FirstOperator:Email", "root@example.org", "Set both FirstOperator:Email and FirstOperator:Password")]
    [InlineData("DREAMPLATFORM_FAILPOINT", "AfterWrite", "Set DREAMPLATFORM_FAILPOINT to one such as AfterWrite:3")]
    [InlineData("Queues:MaxBatchCommands", "0", "Set Queues:MaxBatchCommands")]
    [InlineData("Queues:MaxQueuedRounds", "-1", "Set Queues:MaxQueuedRounds")]
    [InlineData("Database:Postgres", "nonsense", "Set Database:Postgres")]
    [InlineData("Database:Postgres", "Host=db.example.org;Database=d", "Set SSL Mode=VerifyFull in Database:Postgres")]
    [InlineData("Database:Postgres", "Host=localhost,10.0.0.1;SSL Mode=Require", "Set SSL Mode=VerifyFull in")]
    [InlineData("Vault:AzureTables:ConnectionString", "nonsense", "Set Vault:AzureTables:ConnectionString")]
    [InlineData("Vault:AzureTables:Endpoint", "http://vault.example.org", "Set Vault:AzureTables:Endpoint to")]
    [InlineData("Vault:AzureTables:Endpoint", "vault", "Set Vault:AzureTables:Endpoint to")]
    [InlineData("Vault:AzureTables:Table", "vault", "Set exactly one of Vault:AzureTables:ConnectionString and")]
    [InlineData("Vault:AzureTables:Table", "my-vault", "Set Vault:AzureTables:Table to 3 to 63 letters and digits")]
    [InlineData("Vault:AzureTables:Key", "secret", "There is no such setting: 'Key'.")]
    public async Task A_wrong_setting_is_refused_with_one_line_that_says_what_to_set(
        string name, string value, string message)
    {
        var refusal = await Record.ExceptionAsync(
            () => TestApp.StartAsync(new() { Settings = new() { [name] = value } }));

        Assert.Contains(message, Server.WhatToMend(refusal!), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', Server.WhatToMend(refusal!)!);
    }

    [Fact]
    public async Task A_platform_whose_key_is_missing_does_not_start_and_gets_no_other()
    {
        using var data = new TemporaryFolder();
        await using (await TestApp.StartAsync(new() { Data = data.Path }))
        {
        }

        var key = Assert.Single(Directory.GetFiles(data.Keys, "*.key"));
        File.Move(key, key + ".away");
        var refusal = await Record.ExceptionAsync(() => TestApp.StartAsync(new() { Data = data.Path }));
        var (code, _, error) = await ServerProcess.RunAsync(
            ["rotate-keys", "--data", data.Path], ("Keys:Secret", Convert.ToBase64String(new byte[32])));

        Assert.Contains($"{Path.GetFileNameWithoutExtension(key)} is missing", Server.WhatToMend(refusal!), StringComparison.Ordinal);
        Assert.Contains("is missing", error, StringComparison.Ordinal);
        Assert.Equal(1, code);
        Assert.Empty(Directory.GetFiles(data.Keys, "*.key"));
    }

    [Fact]
    public async Task Keys_that_others_can_read_are_refused()
    {
        using var data = new TemporaryFolder();
        await using (await TestApp.StartAsync(new() { Data = data.Path }))
        {
        }

        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(data.Keys, File.GetUnixFileMode(data.Keys) | UnixFileMode.GroupRead);
        var refusal = await Record.ExceptionAsync(() => TestApp.StartAsync(new() { Data = data.Path }));

        Assert.Contains($"chmod 700 {data.Keys}", Server.WhatToMend(refusal!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_wrong_settings_are_told_at_once_and_nothing_is_created()
    {
        using var data = new TemporaryFolder();

        var (code, _, error) = await ServerProcess.RunAsync(
            ["--data", data.Path], ("Money:Currency", "yuan"), ("Queues:MaxBatchCommands", "0"));

        Assert.Equal(1, code);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Contains("Money:Currency", error, StringComparison.Ordinal);
        Assert.Contains("Queues:MaxBatchCommands", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(data.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_folder_or_address_that_cannot_be_used_is_refused_in_one_line()
    {
        using var data = new TemporaryFolder();
        var file = Path.Combine(data.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var folder = await ServerProcess.RunAsync(["--data", file]);
        var address = await ServerProcess.RunAsync(["--data", data.Path, "--urls", "nowhere"]);
        var absent = await ServerProcess.RunAsync(["verify", "--data", file + "s"]);

        Assert.Contains("Set --data", folder.Error, StringComparison.Ordinal);
        Assert.Contains("Set --urls", address.Error, StringComparison.Ordinal);
        Assert.Contains("There is no data folder", absent.Error, StringComparison.Ordinal);
        Assert.All([folder, address, absent], it => Assert.Equal(1, it.Code));
        Assert.All([folder, address, absent], it => Assert.Single(it.Error.Trim().Split('\n')));
    }

    [Fact]
    public void The_data_folder_is_made_for_its_owner_only()
    {
        using var parent = new TemporaryFolder();

        var data = DataDirectory.Create(Path.Combine(parent.Path, "a", "b"));

        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data.Path));
    }

    [Fact]
    public void A_lock_is_held_once_and_can_be_had_again()
    {
        using var folder = new TemporaryFolder();
        var data = DataDirectory.Create(folder.Path);

        using (var held = data.TryLock())
        {
            Assert.NotNull(held);
            Assert.Null(DataDirectory.Open(folder.Path).TryLock());
        }

        using var again = data.TryLock();
        Assert.NotNull(again);
    }

    [Fact]
    public async Task An_upgrade_that_is_not_under_way_has_nothing_to_finish()
    {
        using var data = new TemporaryFolder();
        await using (await ServerProcess.ServeAsync("--data", data.Path))
        {
        }

        foreach (var arguments in (string[][])[["upgrade"], ["upgrade", "--finish"]])
        {
            var (code, output, error) = await ServerProcess.RunAsync([.. arguments, "--data", data.Path]);

            Assert.Equal((0, ""), (code, error));
            Assert.Contains("No upgrade is under way.", output, StringComparison.Ordinal);
        }
    }
}
