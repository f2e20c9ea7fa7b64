using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace DreamPlatform.Benchmarks.Load;

/// <summary>
/// Linux's readiness list. One thread that asks it and then reads costs a third of what asynchronous sockets do, and
/// the load shares its two cores with what is measured.
/// </summary>
internal sealed partial class Epoll : IDisposable
{
    private const int Add = 1, MaxReady = 256;

    private const uint Readable = 1;

    private readonly int epoll = Checked(Create(0));
    private readonly Ready[] ready = new Ready[MaxReady];

    /// <summary>Tells of this socket by this number whenever there is something to read.</summary>
    public void Watch(Socket socket, int number)
    {
        var wanted = new Ready { Events = Readable, Number = (ulong)number };
        Checked(Control(epoll, Add, (int)socket.Handle, ref wanted));
    }

    /// <summary>The numbers of the sockets that can be read, once there is one or the time is over.</summary>
    public ReadySockets Wait(TimeSpan atMost)
    {
        var wait = new WaitTime { Seconds = atMost.Ticks / TimeSpan.TicksPerSecond, Nanoseconds = (atMost.Ticks % TimeSpan.TicksPerSecond) * 100 };
        return new ReadySockets(ready.AsSpan(0, Math.Max(0, Wait(epoll, ready, ready.Length, ref wait, 0))));
    }

    public void Dispose() => _ = Close(epoll);

    private static int Checked(int result) =>
        result >= 0 ? result : throw new IOException($"epoll failed with error {Marshal.GetLastPInvokeError()}.");

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int descriptor, ref Ready wanted);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    private static partial int Wait(int epoll, [Out] Ready[] ready, int length, ref WaitTime wait, nint signals);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct Ready
    {
        public uint Events;
        public ulong Number;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct WaitTime
    {
        public long Seconds;
        public long Nanoseconds;
    }
}

/// <summary>The numbers of sockets that can be read.</summary>
internal readonly ref struct ReadySockets(ReadOnlySpan<Epoll.Ready> ready)
{
    private readonly ReadOnlySpan<Epoll.Ready> ready = ready;

    public int Count => ready.Length;

    public int this[int index] => (int)ready[index].Number;
}
