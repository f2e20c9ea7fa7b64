using System.Diagnostics;
using System.Net;
using DreamPlatform.Benchmarks.Contenders;

namespace DreamPlatform.Benchmarks.Runs;

/// <summary>A contender in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, string address)
    {
        this.process = process;
        if (address.Length > 0) Address = new Uri(address);
    }

    /// <summary>Where it listens; null for one that does not.</summary>
    public Uri? Address { get; }

    public EndPoint EndPoint => new IPEndPoint(IPAddress.Loopback, Address!.Port);

    public int Id => process.Id;

    /// <param name="isCompiledEarly">
    /// Whether the JIT is to be done within seconds rather than to look for the best code; the same for all contenders.
    /// </param>
    public static async Task<ServerProcess> StartAsync(ServeOptions options, bool isCompiledEarly)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, options.ToArguments())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (isCompiledEarly)
        {
            start.Environment["DOTNET_TieredPGO"] = "0";
            start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(ServeOptions.Ready, StringComparison.Ordinal)) continue;
            var address = line[ServeOptions.Ready.Length..].Trim();
            // What it logs from now on would fill the pipe and stop it.
            if (address.Length > 0) _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return new ServerProcess(process, address);
        }

        await process.WaitForExitAsync();
        throw new InvalidOperationException($"{options.Contender} did not start (exit code {process.ExitCode}).");
    }

    /// <summary>Sends a line and takes the answer.</summary>
    public async Task<string> AskAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
        return await process.StandardOutput.ReadLineAsync() ?? "";
    }

    /// <summary>Lets it finish, so that its data can be copied.</summary>
    public async Task StopAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
