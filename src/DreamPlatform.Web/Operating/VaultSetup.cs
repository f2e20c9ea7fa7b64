using System.Text.RegularExpressions;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Storage;

namespace DreamPlatform.Web.Operating;

/// <summary>Where the vault is, and whether it answers.</summary>
internal static partial class VaultSetup
{
    /// <summary>A table in Azure where one is configured, else beside the journal.</summary>
    public static VaultOptions AddVault(
        this WebApplicationBuilder builder, ServeArguments arguments, DataDirectory data, string? postgres)
    {
        var azure = builder.Configuration.GetSection("Vault:AzureTables");
        builder.AddSettings<AzureTables>(azure.Path)
            .Validate(
                tables => !azure.Exists() || (tables.ConnectionString is null) != (tables.Endpoint is null),
                "Set exactly one of Vault:AzureTables:ConnectionString and Vault:AzureTables:Endpoint.")
            .Validate(
                tables => tables.ConnectionString is null || AzureTables.IsConnectionString(tables.ConnectionString),
                "Set Vault:AzureTables:ConnectionString to one such as AccountName=…;AccountKey=…, or leave it out.")
            .Validate(
                tables => tables.Endpoint is null or { IsAbsoluteUri: true, Scheme: "https" },
                "Set Vault:AzureTables:Endpoint to an address such as https://….table.core.windows.net, or leave it out.")
            .Validate(
                tables => TableName().IsMatch(tables.Table),
                "Set Vault:AzureTables:Table to 3 to 63 letters and digits that begin with a letter.");
        var tables = azure.Get<AzureTables>();
        var vault = new VaultOptions
        {
            SqlitePath = tables is null && postgres is null ? data.File("vault.db") : null,
            Postgres = tables is null ? postgres : null,
            AzureTables = tables,
        };
        builder.Services.AddSingleton(vault);
        if (arguments.IsSilo) builder.Services.AddHealthChecks().AddCheck<VaultAnswers>("vault");
        return vault;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$")]
    private static partial Regex TableName();

    private sealed class VaultAnswers(IServiceProvider services) : IHealthCheck
    {
        private static readonly GrainId Nobody = GrainId.Create("health", "nobody");

        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken stop = default)
        {
            var vault = services.GetRequiredKeyedService<IGrainStorage>(Vault.Name);
            await vault.ReadStateAsync("health", Nobody, new GrainState<Dossier>());
            return HealthCheckResult.Healthy();
        }
    }
}
