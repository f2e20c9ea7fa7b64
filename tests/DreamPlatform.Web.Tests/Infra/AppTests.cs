using DreamPlatform.Web.Operating;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DreamPlatform.Web.Tests.Infra;

/// <summary>The container apps of infra/: what they are told is what the program reads, and the reverse.</summary>
public sealed class AppTests(Bicep bicep)
{
    /// <summary>What is not ours: whose identity it is, for the libraries of Azure.</summary>
    private static readonly string[] Others = ["AZURE_CLIENT_ID"];

    /// <summary>What a process of a cluster on Azure cannot do without.</summary>
    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["silo"] =
        [
            "Cluster:AdvertisedAddress", "Cluster:SiloPort", "Cluster:GatewayPort", "Database:Postgres",
            "Vault:AzureTables:Endpoint", "Files:AzureBlobs:Endpoint", "Keys:Secret",
        ],
        ["web"] =
        [
            "Database:Postgres", "Files:AzureBlobs:Endpoint", "Keys:Secret", "Site:Url",
            "Proxies:Trusted:0", "FirstOperator:Email", "FirstOperator:Password", "Mail:Host", "Mail:From",
        ],
    };

    [Theory, InlineData("silo"), InlineData("web")]
    public async Task Each_setting_that_is_passed_is_one_that_the_program_reads(string template)
    {
        Bicep.Require();
        await using var app = await TestApp.StartAsync();
        var sections = app.Services.GetServices<SettingsSection>().ToArray();
        var apps = await bicep.AppsAsync(template);

        var passed = apps.SelectMany(it => it.Settings.Keys)
            .Concat(template == "silo" ? apps.SelectMany(it => it.StartingSettings.Keys) : []).Distinct();

        Assert.All(passed.Except(Others), it => Assert.True(IsRead(sections, it), it));
    }

    [Theory, InlineData("silo"), InlineData("web")]
    public async Task Each_setting_that_a_cluster_needs_is_passed_to_whom_needs_it(string template)
    {
        Bicep.Require();

        var apps = await bicep.AppsAsync(template);

        Assert.NotEmpty(apps);
        Assert.All(apps, app => Assert.Empty(Required[template].Except(app.Settings.Keys)));
        Assert.All(apps, app => Assert.DoesNotContain("", app.Settings.Values));
    }

    [Theory, InlineData("silo"), InlineData("web")]
    public async Task Nothing_is_passed_empty_when_an_operator_sets_nothing(string template)
    {
        Bicep.Require();

        var app = (await bicep.AppsAsync(template, withEverything: false))[0];

        Assert.DoesNotContain("", app.Settings.Values);
        Assert.DoesNotContain(app.Settings.Keys, it => it.StartsWith("Mail:", StringComparison.Ordinal));
        Assert.Equal(["keys-secret"], app.Secrets.Keys);
    }

    [Theory, InlineData("silo"), InlineData("web")]
    public async Task Secrets_come_from_the_key_vault_and_the_database_has_no_password(string template)
    {
        Bicep.Require();

        foreach (var app in await bicep.AppsAsync(template))
        {
            var secret = app.Settings.Where(it => it.Value.StartsWith("secret ", StringComparison.Ordinal)).ToArray();
            Assert.Equal(app.Secrets.Keys.Order(), secret.Select(it => it.Value["secret ".Length..]).Order());
            Assert.Equal(
                app.Settings.Keys.Where(it => it.EndsWith("Secret", StringComparison.Ordinal)
                    || it.EndsWith("Password", StringComparison.Ordinal)).Order(),
                secret.Select(it => it.Key).Order());
            var database = new NpgsqlConnectionStringBuilder(app.Settings["Database:Postgres"]);
            Assert.Equal((SslMode.VerifyFull, null), (database.SslMode, database.Password));
            Assert.Equal($"-c role={database.Database}", database.Options);
            Assert.StartsWith($"id-{template}-", database.Username, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("silo"), InlineData("web")]
    public async Task Health_is_asked_where_the_program_answers(string template)
    {
        Bicep.Require();

        foreach (var app in await bicep.AppsAsync(template))
        {
            foreach (var (kind, path) in new[]
                { ("Startup", "/health/live"), ("Liveness", "/health/live"), ("Readiness", "/health/ready") })
                Assert.Equal((path, 8080), (
                    app.Probe(kind).GetProperty("httpGet").GetProperty("path").GetString(),
                    app.Probe(kind).GetProperty("httpGet").GetProperty("port").GetInt32()));
            var arguments = app.Container.GetProperty("args").EnumerateArray().Select(it => it.GetString()!).ToArray();
            Assert.Equal(["--role", template, "--data", "/data/platform", "--urls", "http://+:8080"], arguments);
        }
    }

    [Fact]
    public async Task Each_silo_is_one_replica_at_ports_that_no_other_has()
    {
        Bicep.Require();

        var silos = await bicep.AppsAsync("silo");

        Assert.Equal(["silo-b1", "silo-b2", "silo-b3"], silos.Select(it => it.Name));
        Assert.All(silos, it => Assert.Equal(
            (1, 1), (it.Scale.GetProperty("minReplicas").GetInt32(), it.Scale.GetProperty("maxReplicas").GetInt32())));
        var ports = silos.SelectMany(it => it.TcpPorts).ToArray();
        Assert.Equal(6, ports.Select(it => it.Exposed).Distinct().Count());
        // A silo tells the others the ports that it listens on.
        Assert.All(ports, it => Assert.Equal(it.Exposed, it.Port));
        Assert.All(silos, it => Assert.Equal(
            it.TcpPorts.Select(port => $"{port.Port}"),
            [it.Settings["Cluster:SiloPort"], it.Settings["Cluster:GatewayPort"]]));
    }

    [Fact]
    public async Task The_website_has_two_replicas_and_more_by_what_is_asked_of_it()
    {
        Bicep.Require();

        var web = Assert.Single(await bicep.AppsAsync("web"));

        Assert.Equal(2, web.Scale.GetProperty("minReplicas").GetInt32());
        Assert.True(Assert.Single(web.Scale.GetProperty("rules").EnumerateArray()).TryGetProperty("http", out _));
        Assert.False(web.Configuration.GetProperty("ingress").GetProperty("allowInsecure").GetBoolean());
    }

    [Fact]
    public async Task Only_what_runs_before_a_silo_is_an_administrator_of_the_database()
    {
        Bicep.Require();

        foreach (var silo in await bicep.AppsAsync("silo"))
        {
            var database = silo.StartingSettings["Database:Postgres"];
            Assert.Contains("Username=id-database-", database, StringComparison.Ordinal);
            var identities = silo.Configuration.GetProperty("identitySettings").EnumerateArray().ToDictionary(
                it => it.GetProperty("identity").GetString()!.Split('/')[^1].Split('-')[1],
                it => it.GetProperty("lifecycle").GetString());
            Assert.Equal(new Dictionary<string, string?> { ["silo"] = "Main", ["database"] = "Init" }, identities);
        }
    }

    /// <summary>Whether there is a property for a setting, in the section that it belongs to.</summary>
    private static bool IsRead(SettingsSection[] sections, string setting) => sections.Any(section =>
        setting.StartsWith($"{section.Name}:", StringComparison.Ordinal)
        && Find(section.Settings, setting[(section.Name.Length + 1)..].Split(':')));

    private static bool Find(Type type, string[] path) => path switch
    {
        [] => true,
        [var index] when type.IsArray => int.TryParse(index, out _),
        [var name, .. var rest] =>
            type.GetProperty(name) is { CanWrite: true } property && Find(property.PropertyType, rest),
    };
}
