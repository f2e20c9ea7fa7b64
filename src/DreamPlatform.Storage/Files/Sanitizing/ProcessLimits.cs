using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>
/// What this process takes from itself before it reads anything hostile: time, memory, the right to write files. Where
/// it does not run on Linux, the time its parent gives it and the limit of the managed heap are what holds.
/// </summary>
internal static partial class ProcessLimits
{
    private const int CpuTime = 0, FileSize = 1, CoreSize = 4, AddressSpace = 9, NoNewPrivileges = 38;

    public static void Take(int cpuSeconds, int memoryMebibytes)
    {
        if (!OperatingSystem.IsLinux()) return;
        Limit(CpuTime, (ulong)cpuSeconds);
        Limit(AddressSpace, AddressSpaceInUse() + ((ulong)memoryMebibytes << 20));
        Limit(FileSize, 0);
        Limit(CoreSize, 0);
        _ = Control(NoNewPrivileges, 1, 0, 0, 0);
    }

    /// <summary>The runtime reserves far more than it uses, so that what counts is what is added.</summary>
    private static ulong AddressSpaceInUse()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return ulong.Parse(pages, CultureInfo.InvariantCulture) * (ulong)Environment.SystemPageSize;
    }

    [SupportedOSPlatform("linux")]
    private static void Limit(int resource, ulong value)
    {
        var limit = new ResourceLimit(value, value);
        if (SetLimit(resource, in limit) != 0)
            throw new InvalidOperationException($"Limit {resource} is not to be set: {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint value, nuint third, nuint fourth, nuint fifth);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ResourceLimit(ulong soft, ulong hard)
    {
        public readonly ulong Soft = soft, Hard = hard;
    }
}
