using System.Text.Json;
using System.Text.RegularExpressions;

namespace DreamPlatform.Web.Tests.Infra;

/// <summary>infra/ compiles without a warning, and what it makes is closed to whom it is not for.</summary>
public sealed partial class TemplateTests(Bicep bicep)
{
    [Theory, MemberData(nameof(Bicep.Templates), MemberType = typeof(Bicep))]
    public async Task A_template_is_compiled_and_linted_without_a_warning(string template)
    {
        Bicep.Require();

        var (code, _, error) = await bicep.BuildAsync(template);

        Assert.Equal((0, ""), (code, error));
    }

    [Theory]
    [InlineData("BCP037", "tenantId: '', sku: { family: 'A', name: 'standard' }, tenat: ''")]
    [InlineData("BCP035", "tenantId: ''")]
    [InlineData("no-hardcoded-location", "tenantId: '', sku: { family: 'A', name: 'standard' }")]
    public async Task A_mistake_is_not_passed_over(string mistake, string properties)
    {
        Bicep.Require();

        var (_, _, error) = await bicep.BuildAsync($"wrong-{Guid.NewGuid():N}",
            "resource wrong 'Microsoft.KeyVault/vaults@2025-05-01' = "
            + $"{{ name: 'wrong', location: 'westeurope', properties: {{ {properties} }} }}");

        Assert.Contains(mistake, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_file_is_laid_out_as_the_compiler_lays_it_out()
    {
        Bicep.Require();

        var laidOut = await bicep.FormatAsync();

        foreach (var file in Directory.EnumerateFiles(laidOut, "*.bicep*", SearchOption.AllDirectories))
        {
            var name = $"infra/{Path.GetRelativePath(laidOut, file)}";
            Assert.True(await File.ReadAllTextAsync(file) == Repository.Read(name), $"Run: bicep format {name}");
        }
    }

    [Fact]
    public async Task No_parameter_file_and_no_default_has_a_secret()
    {
        Bicep.Require();
        var file = JsonDocument.Parse(Repository.Read("infra/main.parameters.json")).RootElement
            .GetProperty("parameters");
        var parameters = (await bicep.TemplateAsync("main")).GetProperty("parameters");

        Assert.All(file.EnumerateObject(), it =>
        {
            Assert.True(parameters.TryGetProperty(it.Name, out _), $"{it.Name} is no parameter.");
            Assert.Matches(@"^\$\{[A-Z_]+(=Disabled)?\}$", it.Value.GetProperty("value").GetString());
        });
        Assert.All(
            parameters.EnumerateObject().Where(it => it.Value.GetProperty("type").GetString() == "securestring"),
            it => Assert.True(
                !it.Value.TryGetProperty("defaultValue", out var value) || value.GetString() == "", it.Name));
        Assert.DoesNotContain("PASSWORD", Repository.Read("infra/web.bicepparam"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Storage_vault_and_database_have_no_public_address_and_no_shared_secret()
    {
        Bicep.Require();
        var all = Resources(await bicep.TemplateAsync("main")).ToArray();

        var storage = Properties(all, "Microsoft.Storage/storageAccounts");
        Assert.False(storage.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(storage.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.Equal("TLS1_2", storage.GetProperty("minimumTlsVersion").GetString());
        Assert.Equal("Disabled", storage.GetProperty("publicNetworkAccess").GetString());
        var vault = Properties(all, "Microsoft.KeyVault/vaults");
        Assert.True(vault.GetProperty("enableRbacAuthorization").GetBoolean());
        Assert.True(vault.GetProperty("enablePurgeProtection").GetBoolean());
        Assert.Equal("Disabled", vault.GetProperty("publicNetworkAccess").GetString());
        var database = Properties(all, "Microsoft.DBforPostgreSQL/flexibleServers");
        Assert.Equal("Disabled", database.GetProperty("authConfig").GetProperty("passwordAuth").GetString());
        Assert.Equal("Disabled", database.GetProperty("network").GetProperty("publicNetworkAccess").GetString());
        Assert.True(database.GetProperty("backup").GetProperty("backupRetentionDays").GetInt32() >= 7);
        var registry = Properties(all, "Microsoft.ContainerRegistry/registries");
        Assert.False(registry.GetProperty("adminUserEnabled").GetBoolean());
    }

    [Fact]
    public async Task Roles_are_given_on_single_things_and_only_those_that_are_needed()
    {
        Bicep.Require();
        var given = Resources(await bicep.TemplateAsync("main")).Concat(Resources(await bicep.TemplateAsync("key")))
            .Where(it => Type(it) == "Microsoft.Authorization/roleAssignments").Select(it => it.GetRawText()).ToArray();

        var roles = given.SelectMany(it => Role().Matches(it).Select(match => match.Groups[1].Value)).Distinct();
        Assert.Equal(["pullImages", "readSecrets", "writeBlobs", "writeTables"], roles.Order());
        // Neither the resource group nor the whole of the vault: each names one resource.
        Assert.All(given, it => Assert.Contains("\"scope\":", it, StringComparison.Ordinal));
        Assert.All(given.Where(it => it.Contains("readSecrets", StringComparison.Ordinal)),
            it => Assert.Contains("Microsoft.KeyVault/vaults/secrets", it, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_asked_of_each_store_is_logged()
    {
        Bicep.Require();
        var logged = Resources(await bicep.TemplateAsync("main"))
            .Where(it => Type(it) == "Microsoft.Insights/diagnosticSettings").ToArray();

        // Key vault, database, registry, tables, blobs, and the module of environments, which is deployed twice.
        Assert.True(logged.Length >= 6, $"{logged.Length}");
        Assert.All(logged, it => Assert.True(it.GetProperty("properties").TryGetProperty("workspaceId", out _)));
    }

    private static JsonElement Properties(IEnumerable<JsonElement> all, string type) =>
        Assert.Single(all, it => Type(it) == type).GetProperty("properties");

    private static string? Type(JsonElement resource) => resource.GetProperty("type").GetString();

    /// <summary>What a template makes, its modules included; a module that is used twice comes twice.</summary>
    private static IEnumerable<JsonElement> Resources(JsonElement template) =>
        template.GetProperty("resources").EnumerateObject().Select(it => it.Value)
            .Where(it => !it.TryGetProperty("existing", out var existing) || !existing.GetBoolean())
            .SelectMany(it => Type(it) == "Microsoft.Resources/deployments"
                ? Resources(it.GetProperty("properties").GetProperty("template"))
                : [it]);

    [GeneratedRegex(@"variables\('roles'\)\.(\w+)")]
    private static partial Regex Role();
}
