using System.Data.Common;

namespace DreamPlatform.Storage.Commits;

/// <summary>The type of a key or column, as both databases know it.</summary>
internal enum Column
{
    Uuid,
    Short,
    Long,
    Text,
}

/// <summary>
/// One read of a batch: all rows for a set of keys. PostgreSQL gets the keys as one array, SQLite key by key.
/// </summary>
internal sealed record Read(
    string Sqlite, string Postgres, Column Key, IReadOnlyList<object> Keys, Action<DbDataReader> OnRow);

/// <summary>The rows a batch writes with one statement.</summary>
internal sealed record Write(Statement Statement, IReadOnlyList<object?[]> Rows);

/// <summary>
/// One connection to the database, with one transaction at a time: the dialect of a commit log. Used by one thread.
/// </summary>
internal abstract class JournalSession : IDisposable
{
    /// <summary>Which sub-balances of unlimited accounts this session adds to.</summary>
    public abstract short Lane { get; }

    /// <summary>Whether a lock must be taken row by row; where one writer has the whole file, it need not.</summary>
    public abstract bool LocksRows { get; }

    public abstract void Begin();

    /// <summary>Begins a transaction of a tool, which may pause and write for long.</summary>
    public virtual void BeginLong() => Begin();

    /// <summary>Runs reads in order, each on what was committed when it starts.</summary>
    public abstract void Run(IReadOnlyList<Read> reads);

    /// <summary>Runs writes in order.</summary>
    public abstract void Run(IReadOnlyList<Write> writes);

    /// <exception cref="CommitUnknownException">It was sent, and nobody knows what became of it.</exception>
    public abstract void Commit();

    /// <summary>Ends the transaction without effect. Never throws.</summary>
    public abstract void Rollback();

    public abstract Guid Uuid(DbDataReader row, int column);

    /// <summary>Whether an error means that nothing was done and the same may work a moment later.</summary>
    public abstract bool IsTransient(Exception exception);

    public abstract void Dispose();
}

/// <summary>COMMIT was sent and its outcome is not known.</summary>
internal sealed class CommitUnknownException(
    Exception? inner, IReadOnlyList<RoundResult>? results = null,
    IReadOnlyList<(Domain.Shared.Envelope Envelope, KnownCommand Known)>? accepted = null)
    : Exception("COMMIT was sent and its outcome is not known.", inner)
{
    /// <summary>What is true if it was done.</summary>
    public IReadOnlyList<RoundResult> Results { get; } = results ?? [];

    /// <summary>The commands that are known, just as they were decided, if and only if it was done.</summary>
    public IReadOnlyList<(Domain.Shared.Envelope Envelope, KnownCommand Known)> Accepted { get; } = accepted ?? [];
}
