using System.Diagnostics;
using System.Globalization;

namespace DreamPlatform.Faults.Parts;

/// <summary>Programs that are run to their end, and signals.</summary>
internal static class Commands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Runs a program, with these added to its environment; its exit code and all that it printed.</summary>
    public static async Task<(int Code, string Output)> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var impatient = new CancellationTokenSource(Patience);
        var texts = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(impatient.Token),
            process.StandardError.ReadToEndAsync(impatient.Token));
        await process.WaitForExitAsync(impatient.Token);
        return (process.ExitCode, string.Concat(texts));
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static async Task MustAsync(params string[] command)
    {
        var (code, output) = await RunAsync(command);
        if (code != 0) throw new InvalidOperationException($"{string.Join(' ', command)}: {output}");
    }

    /// <summary>Sends a signal; nobody being there any more is no fault.</summary>
    public static Task SignalAsync(string signal, params IEnumerable<int> processes) =>
        RunAsync(["kill", $"-{signal}", .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
}
