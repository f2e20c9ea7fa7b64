using System.Globalization;

namespace DreamPlatform.Benchmarks.Runs;

/// <summary>What is measured, how often and for how long.</summary>
internal sealed record BenchmarkOptions
{
    private const string Usage =
        """
        Options:
          --quick                Short windows, 2 repeats, and servers told to compile early: about 3 minutes.
          --scenario S1,S2,S3    Which scenarios; all by default.
          --contender A,B        Which of dream-sqlite, dream-postgres, B1, U1, U0, L1; all by default.
          --repeats N            How often each is measured; 5 by default.
          --connections N        How many pledges are under way at saturation; 128 by default.
          --postgres STRING      A PostgreSQL server on this machine; DREAMPLATFORM_TEST_POSTGRES by default.
                                 Without one, only what needs none is measured.
        """;

    private static readonly string[] AllScenarios = ["S1", "S2", "S3"];

    public bool IsQuick { get; init; }

    public IReadOnlyList<string> Scenarios { get; init; } = AllScenarios;

    /// <summary>Null for all.</summary>
    public IReadOnlyList<string>? Contenders { get; init; }

    public int Repeats { get; init; }

    public int Connections { get; init; } = 128;

    public string? Postgres { get; init; }

    /// <summary>Discarded: a .NET server's first seconds are its compiler's.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(IsQuick ? 5 : 15);

    public TimeSpan Window => TimeSpan.FromSeconds(IsQuick ? 3 : 10);

    public TimeSpan OpenWindow => TimeSpan.FromSeconds(IsQuick ? 2 : 8);

    /// <summary>How many try for the last 1 %; one in five can have a share.</summary>
    public int StormTries => IsQuick ? 20_000 : 100_000;

    /// <summary>What each of them asks for.</summary>
    public long StormAmountMinor => Benchmarks.Contenders.Seed.LastMinor / (StormTries / 5);

    /// <summary>Null, after a message, when the arguments are not understood.</summary>
    public static BenchmarkOptions? Parse(string[] arguments)
    {
        var options = new BenchmarkOptions { Postgres = Environment.GetEnvironmentVariable("DREAMPLATFORM_TEST_POSTGRES") };
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick")
            {
                options = options with { IsQuick = true };
                continue;
            }

            if (i + 1 == arguments.Length || options.With(arguments[i], arguments[++i]) is not { } next)
            {
                Console.Error.WriteLine($"Not understood: {arguments[i]}\n{Usage}");
                return null;
            }

            options = next;
        }

        return options.Repeats > 0 ? options : options with { Repeats = options.IsQuick ? 2 : 5 };
    }

    private BenchmarkOptions? With(string name, string value) => name switch
    {
        "--scenario" when value.Split(',') is var some && some.All(AllScenarios.Contains) => this with { Scenarios = some },
        "--contender" => this with { Contenders = value.Split(',') },
        "--repeats" when Number(value) is { } number => this with { Repeats = number },
        "--connections" when Number(value) is { } number => this with { Connections = number },
        "--postgres" => this with { Postgres = value },
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
