using System.Diagnostics;
using System.Globalization;
using DreamPlatform.Benchmarks.Contenders;
using DreamPlatform.Benchmarks.Load;
using Npgsql;

namespace DreamPlatform.Benchmarks.Runs;

/// <summary>
/// Measures every contender in every scenario, all of them once before any is measured again, so that a machine that
/// drifts drifts for all.
/// </summary>
internal sealed class BenchmarkRun(BenchmarkOptions options)
{
    private const int Seed = 20260301;

    private const long AmountMinor = 100;

    private readonly FigureTable table = new();

    /// <summary>Whether nothing failed and no wish went above its goal.</summary>
    public bool WasSound { get; private set; } = true;

    public async Task<FigureTable> MeasureAsync()
    {
        if (options.Postgres is { } server) RequireDurable(server);
        using var templates = new Templates(options.Postgres);
        var contenders = Contender.All(options.Postgres is not null)
            .Where(it => options.Contenders?.Contains(it.Name) ?? true).ToArray();
        // Quick runs warm a process up once for all scenarios; full ones start each from fresh data.
        var visits = options.IsQuick ? [options.Scenarios] : options.Scenarios.Select(scenario => (IReadOnlyList<string>)[scenario]).ToArray();
        for (var repeat = 0; repeat < options.Repeats; repeat++)
        {
            foreach (var visit in visits)
            {
                for (var i = 0; i < contenders.Length; i++)
                    await VisitAsync(templates, contenders[(i + repeat) % contenders.Length], visit, repeat);
            }
        }

        return table;
    }

    private async Task VisitAsync(Templates templates, Contender contender, IReadOnlyList<string> scenarios, int repeat)
    {
        string[] played = [.. scenarios.Where(contender.Plays)];
        if (played.Length == 0) return;
        var data = await templates.FreshAsync(contender);
        using var server = await ServerProcess.StartAsync(data, options.IsQuick);
        if (contender.Name == Contender.RawSqlite)
        {
            Add(played[0], contender, await RawAsync(server));
            return;
        }

        var donors = await Donors.SignInAsync(contender, server.Address!);
        var cpu = new CpuMeter(server.Id, data.Postgres);
        var warmUp = options.WarmUp;
        foreach (var scenario in played)
        {
            using var load = new LoadGenerator(server.EndPoint, donors, options.Connections, AmountMinor);
            var targets = Targets(scenario, repeat);
            load.Run(new ClosedLoop(), targets, warmUp);
            warmUp = TimeSpan.FromSeconds(1);
            Add(scenario, contender, scenario == "S3"
                ? await StormAsync(server, donors, load, cpu)
                : Pace(load, targets, cpu, repeat));
        }
    }

    private static Targets Targets(string scenario, int repeat) => scenario == "S1"
        ? new ZipfWishes(Contenders.Seed.Wishes, new Random(Seed + repeat))
        : new OneWish(Contenders.Seed.HotWish);

    /// <summary>A closed loop at saturation, then an open one at half of what that gave.</summary>
    private Figures Pace(LoadGenerator load, Targets targets, CpuMeter cpu, int repeat)
    {
        var (before, started) = (cpu.Read(), Stopwatch.GetTimestamp());
        var closed = load.Run(new ClosedLoop(), targets, options.Window);
        var (used, elapsed) = (cpu.Read() - before, Stopwatch.GetElapsedTime(started));
        load.Drain();
        var perSecond = closed.Accepted / elapsed.TotalSeconds;
        var arrivals = new OpenLoop(Math.Max(1, perSecond / 2), new Random(Seed + repeat));
        load.Run(arrivals, targets, TimeSpan.FromSeconds(0.5));
        var open = load.Run(arrivals, targets, options.OpenWindow);
        load.Drain();
        if ((closed.Failure ?? open.Failure) is { } failure) Console.Error.WriteLine($"A request failed:\n{failure}");
        return new Figures(
            perSecond, used.TotalMicroseconds / closed.Accepted, open.Percentile(0.5), open.Percentile(0.99),
            closed.Refused + open.Refused, closed.Failed + open.Failed);
    }

    /// <summary>Everybody wants the last 1 % at once; there is room for one in five.</summary>
    private async Task<Figures> StormAsync(
        ServerProcess server, IReadOnlyList<string> donors, LoadGenerator warmed, CpuMeter cpu)
    {
        warmed.Drain();
        using var load = new LoadGenerator(server.EndPoint, donors, options.Connections, options.StormAmountMinor);
        var (before, started) = (cpu.Read(), Stopwatch.GetTimestamp());
        var tally = load.Run(options.StormTries, new OneWish(Contenders.Seed.NearGoalWish));
        var (used, ended) = (cpu.Read() - before, Stopwatch.GetTimestamp());
        await RequireExactlyTheGoalAsync(server, tally);
        return new Figures(
            tally.Accepted / Stopwatch.GetElapsedTime(started, tally.LastAcceptedAt).TotalSeconds,
            used.TotalMicroseconds / options.StormTries, tally.Percentile(0.5), tally.Percentile(0.99), tally.Refused, tally.Failed,
            tally.Refused / Stopwatch.GetElapsedTime(tally.LastAcceptedAt, ended).TotalSeconds);
    }

    private async Task RequireExactlyTheGoalAsync(ServerProcess server, Tally tally)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var wish = (await http.GetFromJsonAsync<WishFigures>($"/api/wishes/{Contenders.Seed.NearGoalWish}"))!;
        if (wish.PledgedMinor == wish.GoalMinor && tally.Accepted * options.StormAmountMinor == Contenders.Seed.LastMinor) return;
        WasSound = false;
        Console.Error.WriteLine(
            $"After the storm the wish has {wish.PledgedMinor} of {wish.GoalMinor}, and {tally.Accepted} pledges were accepted.\n{tally.Failure}");
    }

    private async Task<Figures> RawAsync(ServerProcess server)
    {
        var line = await server.AskAsync(string.Create(
            CultureInfo.InvariantCulture, $"{options.WarmUp.TotalSeconds} {options.Window.TotalSeconds}"));
        var result = line[RawSqlite.Result.Length..].Split(' ').Select(it => double.Parse(it, CultureInfo.InvariantCulture)).ToArray();
        return new Figures(result[0], result[1], double.NaN, double.NaN, 0, 0);
    }

    private void Add(string scenario, Contender contender, Figures figures)
    {
        table.Add(scenario, contender.Name, figures);
        if (figures.Failed > 0) WasSound = false;
        Console.Error.WriteLine($"{scenario} {contender.Name,-15} {Report.Line(figures)}");
    }

    private static void RequireDurable(string server)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ToString());
        connection.Open();
        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes"])
        {
            using var command = new NpgsqlCommand($"SHOW {setting}", connection);
            if (command.ExecuteScalar() is not "on")
                throw new InvalidOperationException($"{setting} is not on: figures without durability say nothing.");
        }
    }

    private sealed record WishFigures(long GoalMinor, long PledgedMinor);
}
