using System.Net;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DreamPlatform.Web.Operating;

/// <summary>"Money": what amounts are in.</summary>
public sealed class MoneySettings
{
    /// <summary>The ISO 4217 code of every amount. It cannot change once a journal exists.</summary>
    public string Currency { get; set; } = "CNY";
}

/// <summary>"Database": where the journal is.</summary>
public sealed class DatabaseSettings
{
    /// <summary>The connection string of a PostgreSQL server; a file in the data folder when not set.</summary>
    public string? Postgres { get; set; }

    /// <summary>Whether a server elsewhere may be talked to although nobody proves that it is the right one.</summary>
    public bool AllowUnverifiedTls { get; set; }
}

/// <summary>"Queues": how much may wait before callers are asked to come back.</summary>
public sealed class QueueSettings
{
    /// <summary>The most commands in one transaction of the journal.</summary>
    public int MaxBatchCommands { get; set; } = 512;

    /// <summary>The most rounds that may wait for the journal; one more is answered busy.</summary>
    public int MaxQueuedRounds { get; set; } = 10_000;
}

/// <summary>A section of the configuration that is read, and into what: what can be set at all.</summary>
internal sealed record SettingsSection(string Name, Type Settings);

internal static class OperatingSettings
{
    /// <summary>Settings of one subject, read and checked at start.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this WebApplicationBuilder builder, string section)
        where T : class
    {
        builder.Services.AddSingleton(new SettingsSection(section, typeof(T)));
        return builder.Services.AddOptions<T>()
            .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
    }

    public static void AddOperatingSettings(this WebApplicationBuilder builder)
    {
        builder.AddSettings<MoneySettings>("Money").Validate(
            money => money.Currency is { Length: 3 } code && code.All(char.IsAsciiLetterUpper),
            "Set Money:Currency to an ISO 4217 code of three capital letters, such as CNY.");
        builder.AddSettings<DatabaseSettings>("Database").Validate(
            database => database.Postgres is null || IsConnectionString(database.Postgres),
            "Set Database:Postgres to a connection string such as Host=…;Database=…, or leave it out.")
            .Validate(
                database => database.Postgres is null || database.AllowUnverifiedTls
                    || !IsConnectionString(database.Postgres) || IsPrivate(database.Postgres),
                "Set SSL Mode=VerifyFull in Database:Postgres: the server is not on this machine. Or set "
                    + "Database:AllowUnverifiedTls to true if the network between is yours alone.");
        builder.AddSettings<QueueSettings>("Queues")
            .Validate(
                queues => queues.MaxBatchCommands is >= 1 and <= 10_000,
                "Set Queues:MaxBatchCommands to a number from 1 to 10000.")
            .Validate(
                queues => queues.MaxQueuedRounds is >= 1 and <= 1_000_000,
                "Set Queues:MaxQueuedRounds to a number from 1 to 1000000.");
    }

    /// <summary>Whether nobody on the way to the server can read along.</summary>
    private static bool IsPrivate(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        return server.SslMode is SslMode.VerifyFull or SslMode.VerifyCA || server.Host!.Split(',').All(host =>
            host.StartsWith('/') || host == "localhost"
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
