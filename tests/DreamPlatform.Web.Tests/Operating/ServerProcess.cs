using System.Diagnostics;
using System.Globalization;

namespace DreamPlatform.Web.Tests.Operating;

/// <summary>The built executable in a process of its own, started from another folder than its own.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;

    private ServerProcess(Process process) => this.process = process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private init; } = null!;

    /// <summary>The processor time it has used, of the system too.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a server on a free port and waits until it listens.</summary>
    public static Task<ServerProcess> ServeAsync(params string[] arguments) => ServeAsync(arguments, []);

    /// <summary>Starts a server with settings on a free port and waits until it listens.</summary>
    /// <param name="output">Where the executable is; the one that these tests were built with when null.</param>
    public static async Task<ServerProcess> ServeAsync(
        string[] arguments, IReadOnlyList<(string Name, string Value)> settings, string? output = null)
    {
        var process = Start([.. arguments, "--urls", "http://127.0.0.1:0"], settings, output);
        try
        {
            return new(process) { Address = await ListensAsync(process) };
        }
        catch
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Runs to the end, with settings, and tells its exit code and what it printed.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(
        string[] arguments, params (string Name, string Value)[] settings)
    {
        using var process = Start(arguments, settings);
        using var impatient = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(impatient.Token);
        var error = process.StandardError.ReadToEndAsync(impatient.Token);
        await process.WaitForExitAsync(impatient.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Ends it as kill -9 does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop and waits; its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private static async Task<Uri> ListensAsync(Process process)
    {
        using var impatient = new CancellationTokenSource(Patience);
        const string listening = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync(impatient.Token) is { } line)
        {
            if (line.IndexOf(listening, StringComparison.Ordinal) is not (>= 0 and var at)) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new Uri(line[(at + listening.Length)..]);
        }

        var error = await process.StandardError.ReadToEndAsync(impatient.Token);
        throw new InvalidOperationException($"It did not start: {error}");
    }

    private static Process Start(
        string[] arguments, IReadOnlyList<(string Name, string Value)> settings, string? output = null)
    {
        var built = Path.Combine(output ?? AppContext.BaseDirectory, "DreamPlatform.Web.dll");
        var start = new ProcessStartInfo("dotnet", [built, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return Process.Start(start)!;
    }
}
