namespace DreamPlatform.Benchmarks.Runs;

/// <summary>What one measurement of one contender in one scenario gave.</summary>
/// <param name="PerSecond">Acknowledged pledges at saturation; in a storm, those while there was room.</param>
/// <param name="CpuMicros">Of server and database, for each acknowledged pledge; in a storm, for each try.</param>
/// <param name="RefusalsPerSecond">In a storm, once there was no room; otherwise 0.</param>
internal sealed record Figures(
    double PerSecond, double CpuMicros, double P50Ms, double P99Ms, long Refused, long Failed, double RefusalsPerSecond = 0);

/// <summary>The middle of several figures, with the lowest and the highest.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0) return null;
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }
}

/// <summary>All measurements of a run, by scenario and contender, in the order of the repeats.</summary>
internal sealed class FigureTable
{
    private readonly Dictionary<(string Scenario, string Contender), List<Figures>> all = [];

    public void Add(string scenario, string contender, Figures figures)
    {
        if (!all.TryGetValue((scenario, contender), out var list)) all[(scenario, contender)] = list = [];
        list.Add(figures);
    }

    public IReadOnlyList<Figures> Of(string scenario, string contender) =>
        all.TryGetValue((scenario, contender), out var list) ? list : [];
}
