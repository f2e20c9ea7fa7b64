using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Queries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Storage;

/// <summary>Where the journal is and how it is bounded.</summary>
public sealed class JournalOptions
{
    /// <summary>The SQLite file; used when <see cref="Postgres"/> is not set.</summary>
    public string? SqlitePath { get; set; }

    /// <summary>The connection string of a PostgreSQL server, for a cluster.</summary>
    public string? Postgres { get; set; }

    /// <summary>The ISO 4217 code that all amounts are in.</summary>
    public string Currency { get; set; } = "CNY";

    public CommitLogOptions CommitLog { get; set; } = new();

    public Database OpenDatabase() => Postgres is { } server
        ? new PostgresDatabase(server)
        : new SqliteDatabase(SqlitePath
            ?? throw new InvalidOperationException("Neither SqlitePath nor Postgres is set."));
}

/// <summary>Puts the journal into a service collection.</summary>
public static class JournalServices
{
    /// <summary>Opens the journal when it is first asked for, bringing its schema up to date.</summary>
    public static IServiceCollection AddJournal(this IServiceCollection services, JournalOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ =>
        {
            var database = options.OpenDatabase();
            database.Migrate(options.Currency);
            return database;
        });
        services.AddSingleton<Failpoints>();
        services.AddSingleton<JournalReader>();
        services.AddSingleton<DueRows>();
        services.AddSingleton<MessageRows>();
        services.AddSingleton<WishQueries>();
        services.AddSingleton<TextQueries>();
        services.AddSingleton<GiftQueries>();
        services.AddSingleton<PledgeQueries>();
        services.AddSingleton<LedgerQueries>();
        services.AddSingleton<ProjectQueries>();
        services.AddSingleton<PlatformQueries>();
        services.AddSingleton<BudgetQueries>();
        services.AddSingleton<FlowQueries>();
        services.AddSingleton<GivingQueries>();
        services.AddSingleton<ReviewQueries>();
        services.AddSingleton<FulfilmentQueries>();
        services.AddSingleton(provider => new CommitLog(
            provider.GetRequiredService<Database>().Connect, options.CommitLog,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Failpoints>(),
            provider.GetRequiredService<ILogger<CommitLog>>()));
        return services;
    }
}
