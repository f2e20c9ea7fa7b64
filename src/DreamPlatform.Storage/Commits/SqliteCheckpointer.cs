using Microsoft.Data.Sqlite;

namespace DreamPlatform.Storage.Commits;

/// <summary>
/// Keeps the write-ahead log short without making a commit wait: its own thread copies the bulk of the log into the
/// database beside the writer, and then asks the writer for the little that came meanwhile, so that the log can start
/// anew.
/// </summary>
internal sealed class SqliteCheckpointer : IDisposable
{
    private const long LongLogBytes = 32 * 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly string log;
    private readonly Func<SqliteSession> connect;
    private readonly ManualResetEventSlim stop = new();
    private readonly Thread thread;
    private volatile bool isFinishWanted;

    public SqliteCheckpointer(string path, Func<SqliteSession> connect)
    {
        log = path + "-wal";
        this.connect = connect;
        thread = new Thread(Run) { IsBackground = true, Name = "checkpointer" };
        thread.Start();
    }

    /// <summary>Called by the writer between transactions.</summary>
    public void FinishIfWanted(SqliteSession writer)
    {
        if (!isFinishWanted) return;
        isFinishWanted = false;
        writer.Checkpoint();
    }

    public void Dispose()
    {
        stop.Set();
        thread.Join();
        stop.Dispose();
    }

    private void Run()
    {
        SqliteSession? session = null;
        while (!stop.Wait(Interval))
        {
            // One look at the file: whoever closes the last connection takes it away, at any moment.
            if (isFinishWanted || new FileInfo(log) is not { Exists: true, Length: >= LongLogBytes }) continue;
            try
            {
                session ??= connect();
                session.Checkpoint();
                isFinishWanted = true;
            }
            catch (SqliteException)
            {
                // The log grows a little longer, and the next round tries again.
                session?.Dispose();
                session = null;
            }
        }

        session?.Dispose();
    }
}
