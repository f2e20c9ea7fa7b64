using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Keys;
using DreamPlatform.Web.Http;
using DreamPlatform.Web.Payments;
using DreamPlatform.Web.Pledges;
using DreamPlatform.Web.Wishes.Live;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DreamPlatform.Web.Operating;

/// <summary>The journal, the vault and the grains.</summary>
internal static class JournalSetup
{
    public static void AddPlatform(this WebApplicationBuilder builder, ServeArguments arguments, DataDirectory data)
    {
        var configuration = builder.Configuration;
        var queues = configuration.GetSection("Queues").Get<QueueSettings>() ?? new QueueSettings();
        var journal = Journal(data, configuration);
        journal.CommitLog = new CommitLogOptions
        {
            MaxBatchCommands = queues.MaxBatchCommands,
            MaxQueuedRounds = queues.MaxQueuedRounds,
        };
        builder.Services.AddJournal(journal);
        builder.Services.AddSingleton(provider => FailpointsOf(provider.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<SandboxGateway>();
        builder.Services.AddSingleton<IPaymentGateway>(provider => provider.GetRequiredService<SandboxGateway>());
        builder.Services.AddSingleton<PaymentGateways>();
        builder.Services.AddSingleton<PaymentDesk>();
        builder.Services.AddSingleton<PledgeDesk>();
        builder.Services.AddSingleton<Giving>();
        builder.AddLiveProgress();
        builder.Services.AddHealthChecks().AddCheck<JournalAnswers>("journal");
        builder.AddCluster(arguments, data, builder.AddVault(arguments, data, journal.Postgres));
    }

    /// <summary>Opens the journal and prepares the vault, before the silo asks for them.</summary>
    public static void PreparePlatform(this WebApplication app, ServeArguments arguments)
    {
        try
        {
            app.Services.GetRequiredService<Failpoints>();
            app.Services.GetRequiredService<Database>();
            app.Services.GetRequiredService<PlatformSecret>();
            app.Services.GetRequiredService<PersonKeys>();
            if (arguments.IsSilo) Vault.Prepare(app.Services.GetRequiredService<VaultOptions>());
            if (app.Services.GetService<ClusterPlace>() is { } place) Clustering.Prepare(place);
        }
        catch (Exception refused) when (refused is DatabaseRefusedException or KeyUnavailableException)
        {
            throw new StartRefusedException(refused.Message);
        }
    }

    private static Failpoints FailpointsOf(IConfiguration configuration)
    {
        var text = configuration[Failpoints.Variable];
        return Failpoints.Parse(text) ?? throw new StartRefusedException(
            $"{text} is no failpoint. Set {Failpoints.Variable} to one such as {CommitStep.AfterWrite}:3, "
            + "or leave it out.");
    }

    /// <summary>Where the journal of a data folder is.</summary>
    public static JournalOptions Journal(DataDirectory data, IConfiguration configuration) => new()
    {
        SqlitePath = data.File("journal.db"),
        Postgres = configuration["Database:Postgres"],
        Currency = configuration["Money:Currency"] ?? "CNY",
    };

    private sealed class JournalAnswers(JournalReader reader) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken stop = default)
        {
            await reader.Query("SELECT version FROM schema_info", row => 0);
            return HealthCheckResult.Healthy();
        }
    }
}
