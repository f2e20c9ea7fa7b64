using System.Diagnostics;

namespace DreamPlatform.Web.Tests.Infra;

/// <summary>Runs a command to its end.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<(int Code, string Output, string Error)> RunAsync(
        string command, string[] arguments, string folder, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var impatient = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(impatient.Token);
        var error = process.StandardError.ReadToEndAsync(impatient.Token);
        await process.WaitForExitAsync(impatient.Token);
        return (process.ExitCode, await output, await error);
    }
}
