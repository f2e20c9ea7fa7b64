using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using DreamPlatform.Web.Tests.Site;

namespace DreamPlatform.Web.Tests.Infra;

/// <summary>The published output serves where it cannot write, as somebody without rights, as in its image.</summary>
[SupportedOSPlatform("linux")]
public sealed class ReadOnlyTests : IDisposable
{
    private const string NobodysId = "1654";
    private const UnixFileMode Anybody = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dreamplatform-");

    public void Dispose()
    {
        foreach (var it in folder.EnumerateDirectories("*", SearchOption.AllDirectories))
            it.UnixFileMode = Anybody | UnixFileMode.UserWrite;
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_release_serves_from_a_folder_that_it_cannot_write_to()
    {
        ReleaseServer.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs the rights of files of Linux.");

        // Given the output with no right to write, and one folder for everything else, as the image has them
        folder.UnixFileMode = Anybody | UnixFileMode.UserWrite;
        var app = Copy(new DirectoryInfo(Environment.GetEnvironmentVariable(ReleaseServer.Variable)!), "app");
        var data = folder.CreateSubdirectory("data");
        data.UnixFileMode = (UnixFileMode)0b111_111_111;
        var before = Listing(app);

        // When it is started there, with the arguments of the image
        using var server = Start(app, data);
        var address = await AddressAsync(server);
        using var client = new HttpClient { BaseAddress = address };

        // Then it answers, has kept its data where it may, and has left everything else as it was
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.True(ready.IsSuccessStatusCode, await ready.Content.ReadAsStringAsync());
        using var page = await client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.True(page.IsSuccessStatusCode);
        server.Kill();
        await server.WaitForExitAsync();
        Assert.True(File.Exists(Path.Combine(data.FullName, "platform", "journal.db")));
        Assert.Equal(before, Listing(app));
    }

    private static Process Start(DirectoryInfo app, DirectoryInfo data)
    {
        string[] run = ["dotnet", "DreamPlatform.Web.dll", "--data", Path.Combine(data.FullName, "platform"),
            "--urls", "http://127.0.0.1:0"];
        // Whoever may do anything would not notice that it may not write.
        if (Environment.IsPrivilegedProcess)
            run = ["setpriv", "--reuid", NobodysId, "--regid", NobodysId, "--clear-groups", "--no-new-privs", .. run];
        var start = new ProcessStartInfo(run[0], run[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = app.FullName,
        };
        // A home that is not there, as in the image.
        start.Environment["HOME"] = "/nowhere";
        start.Environment["TMPDIR"] = data.FullName;
        return Process.Start(start)!;
    }

    private static async Task<Uri> AddressAsync(Process server)
    {
        const string listening = "Now listening on: ";
        using var impatient = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await server.StandardOutput.ReadLineAsync(impatient.Token) is { } line)
        {
            if (line.IndexOf(listening, StringComparison.Ordinal) is not (>= 0 and var at)) continue;
            _ = server.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new(line[(at + listening.Length)..]);
        }

        throw new InvalidOperationException(await server.StandardError.ReadToEndAsync(impatient.Token));
    }

    private DirectoryInfo Copy(DirectoryInfo from, string name)
    {
        var to = folder.CreateSubdirectory(name);
        foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to.FullName, Path.GetRelativePath(from.FullName, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy).UnixFileMode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        }

        foreach (var it in to.EnumerateDirectories("*", SearchOption.AllDirectories)) it.UnixFileMode = Anybody;
        to.UnixFileMode = Anybody;
        return to;
    }

    private static string[] Listing(DirectoryInfo of) => [.. of.EnumerateFiles("*", SearchOption.AllDirectories)
        .Select(it => string.Create(CultureInfo.InvariantCulture, $"{it.FullName} {it.Length} {it.LastWriteTimeUtc:O}"))
        .Order(StringComparer.Ordinal)];
}
