using static DreamPlatform.Benchmarks.Contenders.Contender;

namespace DreamPlatform.Benchmarks.Runs;

/// <summary>A ratio that is asked for, taken repeat by repeat within one run.</summary>
internal sealed record Goal(
    string Name, double Bound, bool IsUpper, (string Scenario, string Contender) Over, (string Scenario, string Contender) Under,
    Func<Figures, double> Figure, Func<Figures, double>? UnderFigure = null)
{
    public static IReadOnlyList<Goal> All { get; } =
    [
        AtLeast("S1 PostgreSQL ÷ B1, throughput", 4, ("S1", Postgres), ("S1", EntityFramework)),
        new("S1 PostgreSQL ÷ B1, CPU", 0.2, true, ("S1", Postgres), ("S1", EntityFramework), it => it.CpuMicros),
        AtLeast("S1 SQLite ÷ B1, throughput", 5, ("S1", Sqlite), ("S1", EntityFramework)),
        AtLeast("S1 SQLite ÷ L1, throughput", 0.7, ("S1", Sqlite), ("S1", RawSqlite)),
        AtLeast("S1 SQLite ÷ U1, throughput", 0.25, ("S1", Sqlite), ("S1", Memory)),
        AtLeast("S1 SQLite ÷ U1, moonshot", 0.4, ("S1", Sqlite), ("S1", Memory)),
        AtLeast("S2 PostgreSQL ÷ B1, throughput", 12, ("S2", Postgres), ("S2", EntityFramework)),
        AtLeast("S2 SQLite ÷ B1, throughput", 12, ("S2", Sqlite), ("S2", EntityFramework)),
        AtLeast("SQLite, hot ÷ spread", 1.2, ("S2", Sqlite), ("S1", Sqlite)),
        AtLeast("PostgreSQL, hot ÷ spread", 1.2, ("S2", Postgres), ("S1", Postgres)),
        new("SQLite p99, hot ÷ spread", 2, true, ("S2", Sqlite), ("S1", Sqlite), it => it.P99Ms),
        new("PostgreSQL p99, hot ÷ spread", 2, true, ("S2", Postgres), ("S1", Postgres), it => it.P99Ms),
        AtLeast("S2 SQLite ÷ U1, moonshot", 0.5, ("S2", Sqlite), ("S2", Memory)),
        new("S3 SQLite, refusals ÷ accepts", 2, false, ("S3", Sqlite), ("S3", Sqlite), it => it.RefusalsPerSecond, it => it.PerSecond),
        new("S3 PostgreSQL, refusals ÷ accepts", 2, false, ("S3", Postgres), ("S3", Postgres), it => it.RefusalsPerSecond, it => it.PerSecond),
    ];

    public string Asked => $"{(IsUpper ? "≤" : "≥")} {Bound}";

    public bool IsMet(Spread ratio) => IsUpper ? ratio.Median <= Bound : ratio.Median >= Bound;

    /// <summary>Null when one of the two was not measured.</summary>
    public Spread? Measure(FigureTable table) => Spread.Of(
        table.Of(Over.Scenario, Over.Contender).Zip(
            table.Of(Under.Scenario, Under.Contender), (over, under) => Figure(over) / (UnderFigure ?? Figure)(under)));

    private static Goal AtLeast(string name, double bound, (string, string) over, (string, string) under) =>
        new(name, bound, IsUpper: false, over, under, it => it.PerSecond);
}
