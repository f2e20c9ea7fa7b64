using System.Data.Common;
using Azure.Data.Tables;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Tests;

namespace DreamPlatform.Grains.Tests.Hosting;

/// <summary>A vault of a test's own on one of the stores, and what is really in it, behind everybody's back.</summary>
internal abstract class TestVault(TestJournal journal, VaultOptions options) : IAsyncDisposable
{
    private static readonly string? Azurite = Environment.GetEnvironmentVariable("DREAMPLATFORM_TEST_AZURITE");

    /// <summary>The stores that tests run on: those that need a server only where the environment names one.</summary>
    public static TheoryData<string> Kinds
    {
        get
        {
            var kinds = TestJournal.Kinds;
            kinds.AddRange(AzureKind);
            return kinds;
        }
    }

    /// <summary>Azure alone, or nothing.</summary>
    public static TheoryData<string> AzureKind => Azurite is null ? [] : ["azure"];

    public TestJournal Journal => journal;

    public VaultOptions Options => options;

    /// <summary>The version of a row that never was.</summary>
    public abstract string Invented { get; }

    /// <summary>The most bytes that a row holds, where the store has such a limit.</summary>
    public abstract int? MaxPayloadBytes { get; }

    public static TestVault Open(string kind)
    {
        TestVault vault = kind == "azure" ? new AzureTestVault(Azurite!) : new SqlTestVault(new TestJournal(kind));
        Vault.Prepare(vault.Options);
        vault.Empty();
        return vault;
    }

    public Task<Cluster> Start(short silos = 1, Action<ISiloBuilder>? more = null) =>
        Cluster.Start(journal, options, silos, more);

    /// <summary>Every row's payload by its key; null where a row has none.</summary>
    public abstract Task<IReadOnlyDictionary<string, byte[]?>> Payloads();

    /// <summary>Takes away what another test left in a database that is used again.</summary>
    protected virtual void Empty()
    {
    }

    /// <summary>Overwrites the payload of one grain's row, or takes it away.</summary>
    public abstract Task Damage(GrainId id, byte[]? payload);

    public virtual ValueTask DisposeAsync() => journal.DisposeAsync();

    public static TableClient Table(VaultOptions options) => options.AzureTables!.Open();

    private static VaultOptions Beside(TestJournal journal) => new()
    {
        SqlitePath = journal.ServiceOptions.SqlitePath is { } path ? $"{path}-vault" : null,
        Postgres = journal.ServiceOptions.Postgres,
    };

    private sealed class SqlTestVault(TestJournal journal) : TestVault(journal, Beside(journal))
    {
        public override string Invented => "7";

        public override int? MaxPayloadBytes => null;

        public override async Task<IReadOnlyDictionary<string, byte[]?>> Payloads()
        {
            await using var connection = VaultTests.Open(Options);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT GrainIdExtensionString, PayloadBinary FROM OrleansStorage";
            await using var reader = await command.ExecuteReaderAsync();
            var payloads = new Dictionary<string, byte[]?>();
            while (await reader.ReadAsync())
                payloads.Add(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1));
            return payloads;
        }

        protected override void Empty()
        {
            using var connection = VaultTests.Open(Options);
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM OrleansStorage";
            command.ExecuteNonQuery();
        }

        public override async Task Damage(GrainId id, byte[]? payload)
        {
            await using var connection = VaultTests.Open(Options);
            await using var command = connection.CreateCommand();
            command.CommandText =
                "UPDATE OrleansStorage SET PayloadBinary = @payload WHERE GrainIdExtensionString = @key";
            Bind(command, "payload", (object?)payload ?? DBNull.Value);
            Bind(command, "key", $"{id.Key}");
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        private static void Bind(DbCommand command, string name, object value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }

    private static VaultOptions In(string server) => new()
    {
        AzureTables = new AzureTables { ConnectionString = server, Table = $"vault{Guid.CreateVersion7():N}" },
    };

    private sealed class AzureTestVault(string server) : TestVault(new TestJournal("sqlite"), In(server))
    {
        public override string Invented => "W/\"datetime'2026-01-01T00%3A00%3A00.0000000Z'\"";

        public override int? MaxPayloadBytes => 15 * 64 * 1024;

        public override async Task<IReadOnlyDictionary<string, byte[]?>> Payloads()
        {
            var payloads = new Dictionary<string, byte[]?>();
            await foreach (var row in Table(Options).QueryAsync<TableEntity>())
            {
                var columns = Enumerable.Range(0, 15).Select(i => row.GetBinary(i == 0 ? "Data" : $"Data{i}"));
                var bytes = columns.OfType<byte[]>().SelectMany(column => column).ToArray();
                payloads.Add(row.PartitionKey["dreamplatform_dossier_".Length..], bytes.Length == 0 ? null : bytes);
            }

            return payloads;
        }

        public override async Task Damage(GrainId id, byte[]? payload)
        {
            var row = (await Table(Options).QueryAsync<TableEntity>().ToArrayAsync())
                .Single(row => row.PartitionKey == $"dreamplatform_dossier_{id.Key}");
            foreach (var column in row.Keys.Where(key => key.StartsWith("Data", StringComparison.Ordinal)).ToArray())
                row.Remove(column);
            if (payload is not null) row["Data"] = payload;
            await Table(Options).UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        }

        public override async ValueTask DisposeAsync()
        {
            await Table(Options).DeleteAsync();
            await base.DisposeAsync();
        }
    }
}
