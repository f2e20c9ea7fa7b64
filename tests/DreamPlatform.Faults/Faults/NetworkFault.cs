using DreamPlatform.Faults.Parts;

namespace DreamPlatform.Faults.Faults;

/// <summary>What people, webs, silos and the database say to each other comes late, or not at all.</summary>
internal sealed class NetworkFault : IFault
{
    private const int RepeatsAmongFaults = 100, More = 100, MostTimes = 4;

    private static readonly Weather
        OfPeople = new(Delayed: 0.1, TimeSpan.FromMilliseconds(200), Cut: 0.03, ReplyLost: 0.05),
        OfGateways = new(Delayed: 0.05, TimeSpan.FromMilliseconds(100), Cut: 0.002, ReplyLost: 0.002),
        OfDatabase = new(Delayed: 0.03, TimeSpan.FromMilliseconds(50), Cut: 0.005, ReplyLost: 0.01);

    public string Name => "network";

    public async Task<string> RunAsync(Stage stage, CancellationToken stop)
    {
        var commands = stage.Times(500, 10_000);
        var sent = commands;
        var (people, gateways, databases) = (new List<TcpProxy>(), new List<TcpProxy>(), new List<TcpProxy>());
        int Between(List<TcpProxy> proxies, int port)
        {
            var proxy = stage.Keep(new TcpProxy(port, seed: port));
            proxies.Add(proxy);
            return proxy.Port;
        }

        var postgres = await stage.StartPostgresAsync(stop);
        var cluster = await stage.StartClusterAsync(
            postgres, silos: 2, webs: 2, stop,
            new ClusterPorts(port => Between(databases, port), port => Between(gateways, port)));
        var world = await World.MakeAsync(cluster.Addresses[0], wishes: 8, stop);
        Uri[] addresses =
            [.. cluster.Addresses.Select(web => new Uri($"http://127.0.0.1:{Between(people, web.Port)}"))];
        using var load = new Load(world, addresses, seed: 4);

        void Set(Weather? ofPeople, Weather? ofGateways, Weather? ofDatabase)
        {
            foreach (var proxy in people) proxy.Weather = ofPeople;
            foreach (var proxy in gateways) proxy.Weather = ofGateways;
            foreach (var proxy in databases) proxy.Weather = ofDatabase;
        }

        Set(OfPeople, OfGateways, OfDatabase);
        await load.CompleteAsync(commands, workers: 12, stop);
        // Of few commands it may be that nothing was lost at one place.
        List<TcpProxy>[] places = [people, gateways, databases];
        for (; !places.All(HasSeenAll) && sent < MostTimes * commands; sent += More)
            await load.CompleteAsync(More, workers: 12, stop);
        var others = await load.RepeatAsync(RepeatsAmongFaults, stop);
        Set(null, null, null);
        others += await load.RepeatAsync(commands, stop);
        BrokenException.Unless(others == 0, $"{others} repeats got another answer.");
        BrokenException.Unless(load.Acknowledged.Count == sent, "Not every command was done.");
        return $"{sent} commands, {await Ledger.CheckAsync(postgres, cluster, load)}, 0 other answers; "
            + $"{Told("people", people)}, {Told("gateways", gateways)}, {Told("database", databases)}";
    }

    private static bool HasSeenAll(List<TcpProxy> proxies) => proxies.Any(it => it.Done.Delays > 0)
        && proxies.Any(it => it.Done.Cuts > 0) && proxies.Any(it => it.Done.Losses > 0);

    private static string Told(string where, List<TcpProxy> proxies)
    {
        var (delays, cuts, losses) = (
            proxies.Sum(it => it.Done.Delays), proxies.Sum(it => it.Done.Cuts), proxies.Sum(it => it.Done.Losses));
        BrokenException.Unless(HasSeenAll(proxies), $"Too little has gone wrong between {where}.");
        return $"{where}: {delays} late, {cuts} cut, {losses} replies lost";
    }
}
