using System.Net;
using DreamPlatform.Faults.Parts;

namespace DreamPlatform.Faults.Faults;

/// <summary>
/// An event and a private state are damaged where they are stored. Those alone are not served, and stay as they are.
/// </summary>
internal sealed class PoisonFault : IFault
{
    private const string IsDossier = "GrainIdExtensionString = $1 AND GrainTypeString LIKE '%dossier%'";

    private static readonly string[] Damages = ["{", "null", "[]", """{"project":7}"""];

    public string Name => "poison";

    public async Task<string> RunAsync(Stage stage, CancellationToken stop)
    {
        var postgres = await stage.StartPostgresAsync(stop);
        var cluster = await stage.StartClusterAsync(postgres, silos: 0, webs: 1, stop);
        var world = await World.MakeAsync(cluster.Addresses[0], wishes: 4, stop);
        using var load = new Load(world, cluster.Addresses, seed: 6);
        using var client = new Client(cluster.Addresses[0], TimeSpan.FromSeconds(20));
        await load.CompleteAsync(commands: 50, workers: 4, stop);
        await cluster.Silos[0].KillAsync(); // What is in memory would hide what is stored.
        var (ofJournal, ofVault) = (world.Wishes[0], world.Wishes[1]);
        var @event = (string)(await postgres.QueryAsync(
            "SELECT data FROM events WHERE stream_id = $1 AND version = 1", ofJournal))[0][0];
        var sealedRow = (byte[])(await Dossier(postgres, ofVault))[0];
        byte[] damagedRow = [.. sealedRow];
        damagedRow[^1] ^= 0x55;
        await SetDossier(postgres, ofVault, damagedRow);
        await SetEvent(postgres, ofJournal, Damages[0]);
        await cluster.Silos[0].StartAsync(stop);

        var pledge = world.Pledge(ofJournal, 1);
        foreach (var damage in Damages)
        {
            await SetEvent(postgres, ofJournal, damage);
            var answer = await client.TrySendAsync(pledge, stop);
            MustBe(answer, "record-unreadable", $"A pledge to a wish whose first event is {damage}");
            BrokenException.Unless(
                (await cluster.VerifyAsync()).Code == 1, $"verify passes although an event is {damage}.");
        }

        MustBe(
            await client.GetAsync($"/api/me/wishes/{ofVault}", world.Applicant, stop), "private-part-unreadable",
            "A look at a private part that is damaged");
        await OthersWorkAsync(world, load, client, stop);
        await ReportedAsync(cluster, ofJournal, ofVault, stop);
        await UntouchedAsync(postgres, ofJournal, ofVault, damagedRow);
        await SetEvent(postgres, ofJournal, @event);
        await SetDossier(postgres, ofVault, sealedRow);
        await load.DeliverAsync(pledge, stop);
        var read = await client.GetAsync($"/api/me/wishes/{ofVault}", world.Applicant, stop);
        BrokenException.Unless(
            read.Body.Contains(World.Story(1), StringComparison.Ordinal),
            $"What was put right stays away: {read.Body}");
        return $"{Damages.Length} damaged events and a private state: clear answers, reported, left as they were, "
            + $"all others served; put right they work, {await Ledger.CheckAsync(postgres, cluster, load)}";
    }

    /// <summary>Money moves for all but the one, even where the private state is damaged; others can be read.</summary>
    private static async Task OthersWorkAsync(World world, Load load, Client client, CancellationToken stop)
    {
        foreach (var wish in world.Wishes.Skip(1)) await load.DeliverAsync(world.Pledge(wish, 1), stop);
        foreach (var (number, wish) in world.Wishes.Index().Skip(2))
        {
            var read = await client.GetAsync($"/api/me/wishes/{wish}", world.Applicant, stop);
            BrokenException.Unless(
                read.Body.Contains(World.Story(number), StringComparison.Ordinal),
                $"Another wish is not served: {read.Body}");
        }
    }

    private static void MustBe(Answer? answer, string code, string what)
    {
        BrokenException.Unless(
            answer is { Status: HttpStatusCode.InternalServerError } && answer.Code == code,
            $"{what} is answered {(int?)answer?.Status} {answer?.Body}");
        BrokenException.Unless(
            !answer!.Body.Contains(" at ", StringComparison.Ordinal), $"{what} shows its insides: {answer.Body}");
    }

    /// <summary>The log has an error that names each.</summary>
    private static async Task ReportedAsync(Cluster cluster, Guid ofJournal, Guid ofVault, CancellationToken stop)
    {
        var log = await File.ReadAllLinesAsync(cluster.Silos[0].Log, stop);
        foreach (var wish in (Guid[])[ofJournal, ofVault])
            BrokenException.Unless(
                log.Any(line => line.Contains(" fail: ", StringComparison.Ordinal)
                    && line.Contains(wish.ToString(), StringComparison.Ordinal)),
                $"No error in the log names {wish}.");
    }

    private static async Task UntouchedAsync(PostgresServer postgres, Guid ofJournal, Guid ofVault, byte[] damagedRow)
    {
        var @event = (string)(await postgres.QueryAsync(
            "SELECT data FROM events WHERE stream_id = $1 AND version = 1", ofJournal))[0][0];
        BrokenException.Unless(@event == Damages[^1], $"A damaged event was changed: {@event}");
        BrokenException.Unless(
            ((byte[])(await Dossier(postgres, ofVault))[0]).SequenceEqual(damagedRow),
            "A damaged private state was changed.");
    }

    private static Task SetEvent(PostgresServer postgres, Guid stream, string data) =>
        postgres.ChangeAsync("UPDATE events SET data = $2 WHERE stream_id = $1 AND version = 1", stream, data);

    private static async Task<object[]> Dossier(PostgresServer postgres, Guid wish) => (await postgres.QueryAsync(
        $"SELECT PayloadBinary FROM OrleansStorage WHERE {IsDossier}", $"wish-{wish}"))[0];

    private static Task SetDossier(PostgresServer postgres, Guid wish, byte[] bytes) => postgres.ChangeAsync(
        $"UPDATE OrleansStorage SET PayloadBinary = $2 WHERE {IsDossier}", $"wish-{wish}", bytes);
}
