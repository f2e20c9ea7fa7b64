using DreamPlatform.Storage.Commits;
using Microsoft.Data.Sqlite;

namespace DreamPlatform.Storage.Tests.Commits;

public sealed class CheckpointerTests
{
    /// <summary>What escapes the checkpointer's thread would end the process.</summary>
    [Fact]
    public async Task A_checkpoint_that_fails_is_tried_again_and_ends_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("dreamplatform-");
        try
        {
            var path = Path.Combine(folder.FullName, "journal.db");
            await using (var log = File.Create(path + "-wal")) log.SetLength(64 * 1024 * 1024);
            var attempts = 0;
            SqliteSession Fail()
            {
                Interlocked.Increment(ref attempts);
                throw new SqliteException("The disk is full.", 13);
            }

            using var checkpointer = new SqliteCheckpointer(path, Fail);

            await Eventually.Is(() => Volatile.Read(ref attempts) >= 2);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
