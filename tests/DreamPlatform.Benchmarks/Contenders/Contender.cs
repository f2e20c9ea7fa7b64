namespace DreamPlatform.Benchmarks.Contenders;

/// <summary>Who is measured, and what their process needs.</summary>
/// <param name="Template">Which seeded data they start from; null for none.</param>
internal sealed record Contender(string Name, string? Template, bool IsOnPostgres)
{
    public const string Sqlite = "dream-sqlite", Postgres = "dream-postgres", EntityFramework = "B1",
        Memory = "U1", Constant = "U0", RawSqlite = "L1";

    private static readonly Contender[] Known =
    [
        new(Sqlite, Sqlite, IsOnPostgres: false),
        new(Postgres, Postgres, IsOnPostgres: true),
        new(EntityFramework, EntityFramework, IsOnPostgres: true),
        new(Memory, Sqlite, IsOnPostgres: false),
        new(Constant, null, IsOnPostgres: false),
        new(RawSqlite, Sqlite, IsOnPostgres: false),
    ];

    public bool IsDream => Name is Sqlite or Postgres or Memory;

    public static IReadOnlyList<Contender> All(bool hasPostgres) => [.. Known.Where(it => hasPostgres || !it.IsOnPostgres)];

    public bool Plays(string scenario) => scenario switch
    {
        "S1" => true,
        "S2" => Name is not (Constant or RawSqlite),
        _ => Name is Sqlite or Postgres or EntityFramework,
    };
}
