using System.Diagnostics;
using System.Runtime.InteropServices;
using DreamPlatform.Benchmarks.Contenders;
using DreamPlatform.Benchmarks.Runs;

if (args is [ServeOptions.Command, ..]) return await Child.ServeAsync(ServeOptions.Parse(args));
if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
{
    Console.Error.WriteLine("The benchmark reads /proc and uses epoll: it runs on Linux on x64 only.");
    return 1;
}

if (BenchmarkOptions.Parse(args) is not { } options) return 1;
var started = Stopwatch.GetTimestamp();
var run = new BenchmarkRun(options);
var figures = await run.MeasureAsync();
Console.WriteLine();
Console.WriteLine(Report.Of(options, figures));
Console.WriteLine($"Took {Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} minutes.");
return run.WasSound ? 0 : 1;
