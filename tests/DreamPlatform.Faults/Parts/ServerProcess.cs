using System.Diagnostics;

namespace DreamPlatform.Faults.Parts;

/// <summary>One process of the published server; it can be killed, stopped, continued and started again.</summary>
internal sealed class ServerProcess(string name, string release, string folder, string[] arguments) : IAsyncDisposable
{
    private const int MaxStarts = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Process? process;

    public string Name => name;

    public Uri Address { get; } = new($"http://127.0.0.1:{Ports.Next()}");

    /// <summary>What it writes about itself, through all of its lives.</summary>
    public string Log => Path.Combine(folder, $"{name}.log");

    /// <summary>What it is told by its environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public bool IsRunning => process is { HasExited: false };

    public int Id => process!.Id;

    /// <summary>
    /// Starts it and waits until it is ready. On a machine that stalls it may count as dead before it is, and end
    /// itself; then it is started again, as a supervisor does.
    /// </summary>
    public async Task StartAsync(CancellationToken stop)
    {
        Start();
        var starts = 1;
        await Until.IsAsync(
            async () =>
            {
                if (IsRunning) return await IsReadyAsync();
                BrokenException.Unless(starts++ < MaxStarts, $"{name} has ended instead of getting ready.");
                Start();
                return false;
            },
            Patience, $"{name} is ready", stop);
    }

    /// <summary>Starts it and does not wait.</summary>
    public void Start()
    {
        process?.Dispose();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(release, "DreamPlatform.Web.dll"), .. arguments])
        {
            ArgumentList =
            {
                "--urls", Address.ToString(), "--data", Path.Combine(folder, name),
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (variable, value) in Environment) start.Environment[variable] = value;
        process = Process.Start(start)!;
        var log = new StreamWriter(Log, append: true) { AutoFlush = true };
        var ends = 2;
        void Write(object sender, DataReceivedEventArgs line)
        {
            lock (log)
            {
                if (line.Data is not null) log.WriteLine(line.Data);
                else if (--ends == 0) log.Dispose();
            }
        }

        process.OutputDataReceived += Write;
        process.ErrorDataReceived += Write;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Ends it as kill -9 does.</summary>
    public Task KillAsync()
    {
        if (IsRunning) process!.Kill();
        return EndedAsync(CancellationToken.None);
    }

    /// <summary>Asks it to end, as an operator does; it must finish in time and without complaint.</summary>
    public async Task EndAsync(CancellationToken stop)
    {
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(stop);
        impatient.CancelAfter(Patience);
        await Commands.SignalAsync("TERM", Id);
        await EndedAsync(impatient.Token);
        BrokenException.Unless(process!.ExitCode == 0, $"{name} ended with {process.ExitCode}.");
    }

    public Task EndedAsync(CancellationToken stop) => process?.WaitForExitAsync(stop) ?? Task.CompletedTask;

    /// <summary>Lets it do nothing until it is continued; nobody is told.</summary>
    public Task PauseAsync() => Commands.SignalAsync("STOP", Id);

    public Task ContinueAsync() => Commands.SignalAsync("CONT", Id);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process?.Dispose();
        http.Dispose();
    }
}
