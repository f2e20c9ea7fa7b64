using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using DreamPlatform.Faults;

[assembly: SupportedOSPlatform("linux")]

if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("The faults are made with signals and a tmpfs: they run on Linux only.");
    return 2;
}

if (FaultOptions.Parse(args) is not { } options) return 2;
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true; // What was started is stopped first.
    stop.Cancel();
}

using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var started = Stopwatch.GetTimestamp();
var (passed, failed) = await new Suite(options).RunAsync(stop.Token);
Console.WriteLine($"Took {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s.");
Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 && passed > 0 ? 0 : 1;
