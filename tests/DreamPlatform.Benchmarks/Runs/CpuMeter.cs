using System.Globalization;
using Npgsql;

namespace DreamPlatform.Benchmarks.Runs;

/// <summary>
/// The processor time, user and system, of a server process and, if it uses one, of all processes of the PostgreSQL
/// server on this machine, those that have ended included.
/// </summary>
internal sealed class CpuMeter
{
    private const double TicksPerSecond = 100;

    private readonly int server;
    private readonly int postmaster;

    public CpuMeter(int server, string? postgres)
    {
        this.server = server;
        if (postgres is null) return;
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false }.ToString());
        connection.Open();
        postmaster = Stat.Of(connection.ProcessID)?.Parent
            ?? throw new InvalidOperationException("The PostgreSQL server must run on this machine, or its CPU time cannot be measured.");
    }

    public TimeSpan Read()
    {
        var ticks = Stat.Of(server)?.Own ?? 0;
        if (postmaster == 0) return TimeSpan.FromSeconds(ticks / TicksPerSecond);
        if (Stat.Of(postmaster) is { } main) ticks += main.Own + main.OfEndedChildren;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && Stat.Of(id) is { } process && process.Parent == postmaster)
                ticks += process.Own;
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private sealed record Stat(int Parent, long Own, long OfEndedChildren)
    {
        /// <summary>Null for a process that is gone.</summary>
        public static Stat? Of(int id)
        {
            try
            {
                var text = File.ReadAllText($"/proc/{id}/stat");
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                long Number(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
                return new Stat((int)Number(1), Number(11) + Number(12), Number(13) + Number(14));
            }
            catch (IOException)
            {
                return null;
            }
        }
    }
}
