using System.Text;
using Azure;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using static DreamPlatform.Grains.Tests.Hosting.VaultTests;

namespace DreamPlatform.Grains.Tests.Hosting;

/// <summary>What is so on Azure Table Storage alone: the rows, and that the official provider can take our place.</summary>
public sealed class AzureTableVaultTests
{
    private const string State = VaultTests.State, Official = "official";

    [Theory(SkipTestWithoutData = true), MemberData(nameof(TestVault.AzureKind), MemberType = typeof(TestVault))]
    public async Task The_official_provider_and_ours_read_and_change_what_the_other_wrote(string store)
    {
        await using var vault = TestVault.Open(store);
        foreach (var isText in new[] { false, true })
        {
            await using var cluster = await vault.Start(more: silo => AddOfficial(silo, vault.Options, isText));
            var (ours, official) = (Rows(cluster, Vault.RowsName), Rows(cluster, Official));
            foreach (var text in new[] { "short", new string('长', 40_000) })
            {
                foreach (var (writer, reader) in new[] { (ours, official), (official, ours) })
                {
                    var id = NewId();
                    await writer.WriteStateAsync(State, id, Row(text));
                    var row = await ReadRow(reader, id);
                    Assert.Equal((text, true), (RowText(row), row.RecordExists));

                    row.State = Row("changed " + text).State;
                    await reader.WriteStateAsync(State, id, row);
                    Assert.Equal("changed " + text, RowText(await ReadRow(writer, id)));

                    await reader.ClearStateAsync(State, id, row);
                    Assert.False((await ReadRow(writer, id)).RecordExists);
                }
            }
        }
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(TestVault.AzureKind), MemberType = typeof(TestVault))]
    public async Task Of_first_writes_by_the_official_provider_and_ours_one_wins(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start(more: silo => AddOfficial(silo, vault.Options, isText: false));
        var (ours, official) = (Rows(cluster, Vault.RowsName), Rows(cluster, Official));
        var id = NewId();

        var wins = await Task.WhenAll(new[] { ours, official, ours, official }.Select(
            rows => Wins(rows.WriteStateAsync(State, id, Row("first")))));

        Assert.Single(wins, won => won);
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(TestVault.AzureKind), MemberType = typeof(TestVault))]
    public async Task A_row_that_the_official_provider_emptied_is_no_record_and_can_be_written(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start(
            more: silo => AddOfficial(silo, vault.Options, isText: false, deletes: false));
        var (id, state, ours) = (NewId(), Of("first"), cluster.Vaults[0]);
        await ours.WriteStateAsync(State, id, state);
        var official = Rows(cluster, Official);
        await official.ClearStateAsync(State, id, await ReadRow(official, id));

        var emptied = await Read(ours, id);
        Assert.False(emptied.RecordExists);
        emptied.State = Of("second").State;
        await ours.WriteStateAsync(State, id, emptied);

        Assert.Equal("second", Text(await Read(ours, id)));
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(TestVault.AzureKind), MemberType = typeof(TestVault))]
    public async Task A_row_of_ours_without_its_state_is_damaged_and_not_empty(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var id = NewId();
        await cluster.Vaults[0].WriteStateAsync(State, id, Of("precious"));
        await vault.Damage(id, null);

        await Assert.ThrowsAsync<VaultUnreadableException>(() => Read(cluster.Vaults[0], id));
        Assert.False(await Wins(cluster.Vaults[0].WriteStateAsync(State, id, Of("made anew"))));
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(TestVault.AzureKind), MemberType = typeof(TestVault))]
    public async Task A_table_that_is_gone_is_an_error_and_not_an_empty_vault(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var state = Of("precious");
        await cluster.Vaults[0].WriteStateAsync(State, NewId(), state);
        await TestVault.Table(vault.Options).DeleteAsync(TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<RequestFailedException>(
            () => Read(cluster.Vaults[0], NewId()));
        Assert.Equal("TableNotFound", error.ErrorCode);
        Assert.False(await Wins(cluster.Vaults[0].WriteStateAsync(State, NewId(), state)));
        Vault.Prepare(vault.Options);
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(TestVault.AzureKind), MemberType = typeof(TestVault))]
    public async Task What_matches_every_version_matches_none(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var id = NewId();
        await cluster.Vaults[0].WriteStateAsync(State, id, Of("first"));
        foreach (var version in new[] { "*", "7", "\"\"", "W/\"*\"", " " })
        {
            var state = Of("anything");
            (state.ETag, state.RecordExists) = (version, true);
            Assert.False(await Wins(cluster.Vaults[0].WriteStateAsync(State, id, state)), version);
            Assert.False(await Wins(cluster.Vaults[0].ClearStateAsync(State, id, state)), version);
        }

        Assert.Equal("first", Text(await Read(cluster.Vaults[0], id)));
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(TestVault.AzureKind), MemberType = typeof(TestVault))]
    public async Task What_the_service_finds_too_large_is_told_by_name_and_the_old_state_stays(string store)
    {
        await using var vault = TestVault.Open(store);
        await using var cluster = await vault.Start();
        var (id, state) = (NewId(), Of("old"));
        await cluster.Vaults[0].WriteStateAsync(State, id, state);

        // Azurite measures a change as it is sent, in base64, and so refuses what the service itself would take.
        state.State = Of(new string('x', 900_000)).State;
        await Assert.ThrowsAsync<VaultRowTooLargeException>(() => cluster.Vaults[0].WriteStateAsync(State, id, state));

        Assert.Equal("old", Text(await Read(cluster.Vaults[0], id)));
    }

    [Fact]
    public void A_full_row_with_the_longest_keys_is_within_the_limit_as_the_service_counts_it()
    {
        var row = new AzureTableRow("s", new string('界', 1023), GrainId.Create("dossier", new string('界', 1013)));

        var entity = row.Fill(new BinaryData(new byte[15 * 64 * 1024]));

        Assert.Equal((1023, 1023), (entity.PartitionKey.Length, entity.RowKey.Length));
        var columns = entity.Where(column => column.Key is not ("PartitionKey" or "RowKey")).Sum(column =>
            8 + 2 * column.Key.Length + 4
            + (column.Value is byte[] bytes ? bytes.Length : 2 * ((string)column.Value).Length));
        Assert.InRange(4 + 2 * (1023 + 1023) + columns, 15 * 64 * 1024, 1024 * 1024);
        Assert.InRange(row.Identity.Length, 0, 32 * 1024);
    }

    [Fact]
    public void The_columns_of_a_row_are_full_but_the_last()
    {
        var row = new AzureTableRow("dreamplatform", State, GrainId.Create("dossier", "wish-a/b"));
        var bytes = Enumerable.Range(0, 2 * 64 * 1024 + 5).Select(i => (byte)(i % 251)).ToArray();

        var entity = row.Fill(new BinaryData(bytes));

        Assert.Equal(("dreamplatform_dossier_wish-a_b", "dossier.v1"), (entity.PartitionKey, entity.RowKey));
        Assert.Equal(
            [("Data", 65_536), ("Data1", 65_536), ("Data2", 5)],
            entity.Where(column => column.Value is byte[])
                .Select(column => (column.Key, ((byte[])column.Value).Length)).Order());
        Assert.Equal(bytes, row.Open(entity)!.ToArray());
    }

    [Theory]
    [InlineData("a_b", "c", "k", "a", "b_c", "k")]
    [InlineData("a", "b", "c/k", "a", "b/c", "k")]
    [InlineData("a", "b", "k#1", "a", "b", "k?1")]
    public void States_that_come_to_the_same_keys_are_told_apart(
        string service, string type, string key, string otherService, string otherType, string otherKey)
    {
        var one = new AzureTableRow(service, State, GrainId.Create(type, key));
        var other = new AzureTableRow(otherService, State, GrainId.Create(otherType, otherKey));
        Assert.Equal(one.PartitionKey, other.PartitionKey);

        Assert.Throws<VaultKeyCollisionException>(() => other.Open(one.Fill(new BinaryData("state"))));
        Assert.Throws<VaultKeyCollisionException>(() => one.Open(other.Fill(new BinaryData("state"))));
    }

    [Fact]
    public void Names_of_states_that_come_to_the_same_key_are_told_apart()
    {
        var id = GrainId.Create("dossier", "wish-1");
        var (one, other) = (new AzureTableRow("s", "a/v1", id), new AzureTableRow("s", "a#v1", id));
        Assert.Equal(one.RowKey, other.RowKey);

        Assert.Throws<VaultKeyCollisionException>(() => other.Own(one.Fill(new BinaryData("state"))));
    }

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("nul\0")]
    [InlineData("\u0085")]
    public void A_key_that_no_row_can_have_is_refused_before_it_is_sent(string key) => Assert.Throws<ArgumentException>(
        () => new AzureTableRow("s", State, GrainId.Create("dossier", key)));

    [Fact]
    public void A_key_that_is_too_long_is_refused_before_it_is_sent() => Assert.Throws<ArgumentException>(
        () => new AzureTableRow("s", State, GrainId.Create("dossier", new string('k', 1014))));

    [Fact]
    public void A_vault_that_cannot_be_reached_is_refused_in_one_line()
    {
        var tables = new AzureTables
        {
            ConnectionString = "AccountName=a;AccountKey=YQ==;TableEndpoint=http://127.0.0.1:1/a;",
        };

        var refusal = Assert.Throws<DatabaseRefusedException>(
            () => Vault.Prepare(new VaultOptions { AzureTables = tables }));

        Assert.Contains("Check Vault:AzureTables.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.DoesNotContain("YQ==", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The one line by which the official provider takes the place of ours.</summary>
    private static void AddOfficial(ISiloBuilder silo, VaultOptions vault, bool isText, bool deletes = true) =>
        silo.AddAzureTableGrainStorage(Official, options => options.Configure<IServiceProvider>((storage, services) =>
        {
            storage.TableServiceClient = vault.AzureTables!.Connect();
            storage.TableName = vault.AzureTables.Table;
            storage.DeleteStateOnClear = deletes;
            storage.UseStringFormat = isText;
            storage.GrainStorageSerializer = services.GetRequiredKeyedService<IGrainStorageSerializer>(Vault.RowsName);
        }));

    private static IGrainStorage Rows(Cluster cluster, string name) =>
        cluster.Services.GetRequiredKeyedService<IGrainStorage>(name);

    private static GrainState<SealedRow> Row(string text) => new(new SealedRow { Bytes = Encoding.UTF8.GetBytes(text) });

    private static string RowText(GrainState<SealedRow> row) => Encoding.UTF8.GetString(row.State!.Bytes);

    private static async Task<GrainState<SealedRow>> ReadRow(IGrainStorage rows, GrainId id)
    {
        var row = new GrainState<SealedRow>();
        await rows.ReadStateAsync(State, id, row);
        return row;
    }
}
