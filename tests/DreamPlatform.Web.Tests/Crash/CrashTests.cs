using System.Globalization;
using DreamPlatform.Web.Tests.Operating;
using Microsoft.Data.Sqlite;

namespace DreamPlatform.Web.Tests.Crash;

public sealed class CrashTests
{
    /// <summary>How often the server is killed; the environment sets another number.</summary>
    private static readonly int Rounds = int.Parse(
        Environment.GetEnvironmentVariable("DREAMPLATFORM_CRASH_ROUNDS") ?? "3", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Whatever_was_acknowledged_before_a_kill_is_there_afterwards_exactly_once()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(20261123);
        var server = await ServerProcess.ServeAsync("--demo", "--data", folder.Path);
        var crowd = await Crowd.Gather(server.Address);
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                var busy = crowd.Work(server.Address, seed: random.Next());
                await crowd.HasAcknowledged(more: random.Next(20, 300));
                await server.KillAsync();
                await busy;

                AssertOnceEach(folder.Path, crowd.Acknowledged);
                await server.DisposeAsync();
                server = await ServerProcess.ServeAsync("--demo", "--data", folder.Path);
                await crowd.SendAllAgain(server.Address, random);
                await crowd.AssertPrivateParts(server.Address, Submitted(folder.Path));
                var (code, output, error) = await ServerProcess.RunAsync(["verify", "--data", folder.Path]);
                Assert.True(code == 0, $"Round {round}: {output} {error}");
            }

            AssertOnceEach(folder.Path, crowd.Acknowledged);
            await crowd.AssertSums(server.Address);
            Assert.NotEqual(0, crowd.Applications);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static HashSet<Guid> Submitted(string folder)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT stream_id FROM events WHERE name = 'wish-submitted.v1'";
        using var rows = command.ExecuteReader();
        var ids = new HashSet<Guid>();
        while (rows.Read()) ids.Add(new Guid(rows.GetFieldValue<byte[]>(0), bigEndian: true));
        return ids;
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, "journal.db"),
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>The journal itself is asked, not the server.</summary>
    private static void AssertOnceEach(string folder, IReadOnlyCollection<Sent> acknowledged)
    {
        Assert.NotEmpty(acknowledged);
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT (SELECT COUNT(*) FROM commands WHERE id = $id),
                   (SELECT COUNT(*) FROM events WHERE command_id = $id AND version = 1)
            """;
        var id = command.Parameters.Add("$id", SqliteType.Blob);
        foreach (var sent in acknowledged)
        {
            id.Value = sent.Key.ToByteArray(bigEndian: true);
            using var row = command.ExecuteReader();
            Assert.True(row.Read());
            Assert.Equal((1L, 1L), (row.GetInt64(0), row.GetInt64(1)));
        }
    }
}
