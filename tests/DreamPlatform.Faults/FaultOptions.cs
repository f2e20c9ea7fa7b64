namespace DreamPlatform.Faults;

/// <summary>What to run, and with what.</summary>
/// <param name="Faults">Those to run, in lanes that run beside each other.</param>
/// <param name="IsLong">Whether each is made as often as before a release.</param>
/// <param name="Release">The folder of the published server.</param>
/// <param name="PostgresBin">The folder of PostgreSQL's programs.</param>
/// <param name="Azurite">The connection string of an Azure Storage server for tests.</param>
internal sealed record FaultOptions(
    IReadOnlyList<IReadOnlyList<IReadOnlyList<IFault>>> Faults, bool IsLong, string Release, string PostgresBin,
    string? Azurite)
{
    private const string Usage = "Usage: tests/faults.sh [--long] [NAME…]";

    /// <summary>Reads the command line and the environment; null, with a message, when they are wrong.</summary>
    public static FaultOptions? Parse(string[] arguments)
    {
        var names = arguments.Where(argument => argument != "--long").ToArray();
        var isLong = names.Length < arguments.Length;
        var all = Suite.Plan.SelectMany(phase => phase).SelectMany(lane => lane).ToDictionary(fault => fault.Name);
        if (names.FirstOrDefault(name => !all.ContainsKey(name)) is { } unknown)
            return Refuse($"There is no fault {unknown}. There are: {string.Join(' ', all.Keys)}. {Usage}");
        if (Variable("DREAMPLATFORM_RELEASE") is not { } release) return Refuse("DREAMPLATFORM_RELEASE is not set.");
        if (Variable("DREAMPLATFORM_POSTGRES_BIN") is not { } bin)
            return Refuse("DREAMPLATFORM_POSTGRES_BIN is not set.");
        if (!File.Exists(Path.Combine(release, "DreamPlatform.Web.dll")))
            return Refuse($"There is no published server in {release}.");
        // Named ones and long ones run one after another, so that nothing disturbs what is looked at.
        var chosen = names.Length > 0 ? names.Distinct().Select(name => all[name]).ToArray() : [.. all.Values];
        return new FaultOptions(
            names.Length > 0 || isLong ? [[chosen]] : Suite.Plan, isLong, release, bin,
            Variable("DREAMPLATFORM_TEST_AZURITE"));
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static FaultOptions? Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return null;
    }
}
