using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DreamPlatform.Domain.Files;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>How much a file may take to be cleaned.</summary>
public sealed record SanitizerOptions
{
    /// <summary>The assembly whose first argument can be <see cref="SanitizerChild.Command"/>.</summary>
    public required string Assembly { get; init; }

    public TimeSpan WallTime { get; init; } = TimeSpan.FromSeconds(40);

    public int CpuSeconds { get; init; } = 20;

    /// <summary>What the child may take beyond what its runtime has reserved when it starts.</summary>
    public int MemoryMebibytes { get; init; } = 640;

    /// <summary>The most files that are cleaned at once in this process.</summary>
    public int MaxAtOnce { get; init; } = 2;

    /// <summary>How long a file waits for its turn before its sender is asked to come back.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>Has files cleaned in child processes, a few at a time, and ends those that take too much.</summary>
public sealed partial class Sanitizer(SanitizerOptions options, TimeProvider time, ILogger<Sanitizer> logger)
    : IDisposable
{
    private const int ManagedHeapMebibytes = 384;

    private readonly SemaphoreSlim turns = new(options.MaxAtOnce);

    /// <summary>
    /// Cleans a file when its turn comes, and has it kept before the turn ends, so that no more of them are in memory
    /// than have turns. Turns are given in the order of asking.
    /// </summary>
    /// <returns>What keeping it gave, a <see cref="FileRefused"/>, or a <see cref="FileBusy"/>.</returns>
    public async Task<FileAnswer> Clean(
        Stream content, Func<FileCleaned, Task<FileAnswer>> keep, CancellationToken stop)
    {
        using var impatient = new CancellationTokenSource(options.MaxWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, impatient.Token);
        try
        {
            await turns.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new FileBusy();
        }

        try
        {
            var answer = await Run(content, stop);
            return answer is FileCleaned clean ? await keep(clean) : answer;
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();

    private async Task<FileAnswer> Run(Stream content, CancellationToken stop)
    {
        using var overdue = new CancellationTokenSource(options.WallTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, overdue.Token);
        using var child = Process.Start(StartInfo()) ?? throw new InvalidOperationException("No process was started.");
        try
        {
            var answer = ReadAnswer(child.StandardOutput.BaseStream, either.Token);
            var complaints = child.StandardError.BaseStream.CopyToAsync(Stream.Null, either.Token);
            await Send(child, content, either.Token);
            var answered = SanitizerMessage.Read(await answer);
            await complaints;
            await child.WaitForExitAsync(either.Token);
            if (child.ExitCode == 0 && answered is not null) return answered;
            Log.ChildFailed(logger, child.ExitCode);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Log.ChildOverdue(logger);
        }
        finally
        {
            if (!child.HasExited) child.Kill();
        }

        return new FileRefused(new FileTooComplex());
    }

    private static async Task Send(Process child, Stream content, CancellationToken stop)
    {
        try
        {
            await content.CopyToAsync(child.StandardInput.BaseStream, stop);
            child.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all; its exit code tells the rest.
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAnswer(Stream output, CancellationToken stop)
    {
        using var answer = new MemoryStream();
        var part = new byte[64 * 1024];
        while (await output.ReadAsync(part, stop) is > 0 and var read)
        {
            if (answer.Length + read > SanitizerMessage.MaxBytes) return default;
            answer.Write(part, 0, read);
        }

        return answer.ToArray();
    }

    /// <summary>The child gets nothing of this process: no settings, no secrets, no files.</summary>
    internal ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(Runtime())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(options.Assembly),
        };
        start.ArgumentList.Add(options.Assembly);
        start.ArgumentList.Add(SanitizerChild.Command);
        start.ArgumentList.Add(options.CpuSeconds.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(options.MemoryMebibytes.ToString(CultureInfo.InvariantCulture));
        start.Environment.Clear();
        start.Environment["DOTNET_GCHeapHardLimit"] = $"0x{ManagedHeapMebibytes << 20:X}";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        start.Environment["MALLOC_ARENA_MAX"] = "1";
        return start;
    }

    /// <summary>The program that runs this very runtime, wherever it was installed.</summary>
    private static string Runtime()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A file ended the process that cleaned it (code {Code}); it was refused.")]
        public static partial void ChildFailed(ILogger logger, int code);

        [LoggerMessage(2, LogLevel.Warning, "A file took too long to clean; it was refused.")]
        public static partial void ChildOverdue(ILogger logger);
    }
}
