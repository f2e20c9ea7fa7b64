using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Verification;

namespace DreamPlatform.Web.Operating;

/// <summary>The commands that work on the data of a platform without serving it.</summary>
public static class JournalCommands
{
    /// <summary>Checks what must always hold, beside a server or without one; 1 when something does not.</summary>
    public static Task<int> VerifyAsync(DataDirectory data, CancellationToken stop)
    {
        using var database = Open(data, isReadOnly: true);
        var holds = true;
        foreach (var finding in Verifier.Run(database))
        {
            Console.WriteLine(
                $"{(finding.Holds ? "holds" : "BROKEN"),-6} {finding.Number}. {finding.Invariant} ({finding.Figure})");
            holds &= finding.Holds;
        }

        return Task.FromResult(holds ? 0 : 1);
    }

    /// <summary>Folds the read models anew; refused while a process serves.</summary>
    public static Task<int> RebuildAsync(DataDirectory data, CancellationToken stop)
    {
        using var held = data.TryLock() ?? throw new StartRefusedException(
            $"A server uses the data in {data}. Stop it, then rebuild.");
        using var database = Open(data, isReadOnly: false);
        try
        {
            Console.WriteLine($"The read models follow from {Rebuild.Run(database)} streams again.");
            return Task.FromResult(0);
        }
        catch (DatabaseRefusedException refused)
        {
            throw new StartRefusedException(refused.Message);
        }
    }

    /// <summary>Says how far an upgrade is, and ends it when asked to; refused while older processes serve.</summary>
    public static Task<int> UpgradeAsync(DataDirectory data, bool isToFinish)
    {
        using var database = Open(data, isReadOnly: false);
        try
        {
            if (isToFinish) database.FinishUpgrade();
            var (version, minReader) = database.ReadSchema();
            Console.WriteLine(minReader == version
                ? $"The database has schema {version}. No upgrade is under way."
                : $"The database has schema {version}, and releases that read {minReader} may still be at work. When none "
                    + "of them is, run: upgrade --finish");
            return Task.FromResult(0);
        }
        catch (DatabaseRefusedException refused)
        {
            throw new StartRefusedException(refused.Message);
        }
    }

    /// <summary>The settings that a server would read.</summary>
    internal static IConfigurationRoot Configuration() =>
        new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();

    private static Database Open(DataDirectory data, bool isReadOnly)
    {
        var options = JournalSetup.Journal(data, Configuration());
        if (options.Postgres is { } server) return new PostgresDatabase(server);
        return File.Exists(options.SqlitePath)
            ? new SqliteDatabase(options.SqlitePath, isReadOnly)
            : throw new StartRefusedException(
                $"There is no journal in {data}. Set --data to the folder of a platform.");
    }
}
