namespace DreamPlatform.Benchmarks.Contenders;

/// <summary>What a child process is told: which contender it is and where its data is.</summary>
/// <param name="IsSeeding">Whether it fills its data first.</param>
internal sealed record ServeOptions(string Contender, string Data, string? Postgres, bool IsSeeding)
{
    public const string Command = "serve", AnyPort = "http://127.0.0.1:0", Ready = "ready ";

    public IEnumerable<string> ToArguments()
    {
        yield return Command;
        yield return Contender;
        yield return Data;
        yield return Postgres ?? "";
        yield return IsSeeding ? "seed" : "";
    }

    public static ServeOptions Parse(string[] arguments) =>
        new(arguments[1], arguments[2], arguments[3] is { Length: > 0 } server ? server : null, arguments[4] == "seed");
}
