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

// Processes live for seconds here: a compiler that watches them, to make them fast later, would take half of the machine.
Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
Environment.SetEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "1388"); // Hexadecimal: 5 s.
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
