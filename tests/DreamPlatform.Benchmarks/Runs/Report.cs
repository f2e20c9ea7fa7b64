using System.Globalization;
using System.Text;
using DreamPlatform.Benchmarks.Contenders;

namespace DreamPlatform.Benchmarks.Runs;

/// <summary>The figures as one table, and what the goals ask of them.</summary>
internal static class Report
{
    public static string Of(BenchmarkOptions options, FigureTable table)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {options.Repeats} repeats, {options.Connections} connections, medians [min–max].");
        text.AppendLine();
        text.AppendLine("| scenario | contender | pledges/s | CPU µs per pledge | p50 ms | p99 ms | refused | failed |");
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var scenario in options.Scenarios)
            foreach (var contender in Contender.All(hasPostgres: true))
                if (table.Of(scenario, contender.Name) is { Count: > 0 } figures)
                    text.AppendLine(Row(scenario, contender.Name, figures));
        text.AppendLine();
        text.AppendLine("S1 and S2: p50 and p99 in an open loop at half of the contender's own saturation. S3: pledges/s while there was");
        text.AppendLine("room, CPU for each try, latencies at saturation.");
        text.AppendLine();
        text.AppendLine("| goal | asked | measured | |");
        text.AppendLine("|---|---|---|---|");
        foreach (var goal in Goal.All)
            if (goal.Measure(table) is { } ratio)
                text.AppendLine(CultureInfo.InvariantCulture, $"| {goal.Name} | {goal.Asked} | {Cell(ratio, "0.00")} | {(goal.IsMet(ratio) ? "met" : "**missed**")} |");
        return text.ToString();
    }

    /// <summary>One measurement in one line, to watch a run by.</summary>
    public static string Line(Figures it) => string.Create(
        CultureInfo.InvariantCulture,
        $"{it.PerSecond,8:0}/s {it.CpuMicros,7:0.0} µs  p50 {it.P50Ms,6:0.0}  p99 {it.P99Ms,6:0.0} ms  refused {it.Refused} at {it.RefusalsPerSecond:0}/s  failed {it.Failed}");

    private static string Row(string scenario, string contender, IReadOnlyList<Figures> figures)
    {
        string Of(Func<Figures, double> figure, string format) => Cell(Spread.Of(figures.Select(figure)), format);
        return $"| {scenario} | {contender} | {Of(it => it.PerSecond, "0")} | {Of(it => it.CpuMicros, "0")} | {Of(it => it.P50Ms, "0.0")} "
            + $"| {Of(it => it.P99Ms, "0.0")} | {figures.Sum(it => it.Refused)} | {figures.Sum(it => it.Failed)} |";
    }

    private static string Cell(Spread? spread, string format)
    {
        if (spread is not { } it) return "–";
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(it.Median)} [{Text(it.Min)}–{Text(it.Max)}]";
    }
}
