namespace DreamPlatform.Domain.Tests;

/// <summary>
/// A table of outcomes that a person can read. The first line names the columns. Each further line is a row: its name,
/// one sign per column, then (there or on a line of its own) what its signs mean, as pairs of a sign and an outcome,
/// several events joined by <c>&amp;</c>. Where a row does not say otherwise, <c>+</c> is <c>accepted</c>, <c>0</c> is
/// <c>not-found</c> and <c>x</c> is <c>forbidden</c>. A <c>|</c> is only there for the eye.
/// </summary>
public sealed class Grid
{
    private static readonly Dictionary<string, string> Everywhere = new()
    {
        ["+"] = "accepted",
        ["0"] = "not-found",
        ["x"] = "forbidden",
    };

    private readonly List<(string Row, string Column, string Outcome)> cells = [];

    public Grid(string table)
    {
        var lines = new List<string[]>();
        foreach (var line in table.Split('\n').Select(Words).Where(words => words.Length > 0))
            if (line[0].Length > 1) lines.Add(line);
            else lines[^1] = [.. lines[^1], .. line];

        Columns = lines[0];
        Rows = [.. lines.Skip(1).Select(line => line[0])];
        foreach (var line in lines.Skip(1)) Read(line);
    }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<string> Rows { get; }

    public TheoryData<string, string, string> Cells => [.. cells];

    private void Read(string[] line)
    {
        var signs = line.Skip(1).Take(Columns.Count).ToArray();
        var meanings = line.Skip(1 + Columns.Count).Chunk(2)
            .ToDictionary(pair => pair[0], pair => pair[1].Replace('&', ' '));
        Assert.All(meanings.Keys, sign => Assert.Contains(sign, signs));
        foreach (var (sign, meaning) in Everywhere) meanings.TryAdd(sign, meaning);
        for (var i = 0; i < signs.Length; i++) cells.Add((line[0], Columns[i], meanings[signs[i]]));
    }

    private static string[] Words(string line) =>
        line.Replace('|', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
