using System.Diagnostics;
using DreamPlatform.Domain.Files;
using DreamPlatform.Storage.Files;
using DreamPlatform.Storage.Files.Sanitizing;
using DreamPlatform.Storage.Tests.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace DreamPlatform.Web.Tests.Files;

/// <summary>The process that cleans files, as the platform starts it.</summary>
public sealed class SanitizerTests
{
    private static readonly SanitizerOptions Usual = new() { Assembly = typeof(Program).Assembly.Location };

    public static TheoryData<string> Kinds => [.. Planted.Pictures, "application/pdf"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_file_goes_through_a_process_of_its_own_and_comes_back_clean(string kind)
    {
        var planted = kind == "application/pdf" ? PlantedPdf.Document() : Planted.Of(kind);
        var cleaned = Assert.IsType<FileCleaned>(await Clean(Usual, planted));
        Assert.Equal(kind, cleaned.Description.ContentType);
        Parts.AssertOnlyWhatIsSeen(kind, cleaned.Content.ToArray());
    }

    [Fact]
    public async Task A_file_that_takes_too_long_is_refused_and_its_process_ended()
    {
        var watch = Stopwatch.StartNew();
        var hasty = Usual with { WallTime = TimeSpan.FromMilliseconds(20) };
        Assert.Equal(new FileRefused(new FileTooComplex()), await Clean(hasty, Planted.Of("image/jpeg")));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_file_that_takes_too_much_memory_is_refused_and_this_process_is_not_harmed()
    {
        var picture = Planted.Clean("image/png", 6_000, 6_000);
        Assert.IsType<FileCleaned>(await Clean(Usual, picture));
        var before = Environment.WorkingSet;
        Assert.Equal(new FileRefused(new FileTooComplex()), await Clean(Usual with { MemoryMebibytes = 96 }, picture));
        Assert.True(Environment.WorkingSet - before < 100_000_000);
    }

    [Fact]
    public async Task A_file_that_takes_too_much_of_the_processor_is_refused()
    {
        // So many pages of so many painted pictures that a second is not enough.
        var jpeg = Planted.Clean("image/jpeg", 6_000, 6_000);
        var pictures = Enumerable.Range(0, 40).Select(_ => (
            "/Subtype/Image/Width 6000/Height 6000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
            (byte[]?)jpeg)).ToArray();
        var names = string.Concat(Enumerable.Range(0, 40).Select(i => $"/I{i} {5 + i} 0 R"));
        var document = PlantedPdf.Page($"/XObject<<{names}>>", "/I0 Do", pictures);
        Assert.Equal(new FileRefused(new FileTooComplex()), await Clean(Usual with { CpuSeconds = 1 }, document));
    }

    [Fact]
    public async Task Whoever_finds_no_turn_is_asked_to_come_back()
    {
        using var sanitizer = Of(Usual with { MaxAtOnce = 1, MaxWait = TimeSpan.FromMilliseconds(1) });
        var picture = Planted.Clean("image/png", 3_000, 3_000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Clean(sanitizer, picture)));
        Assert.Single(answers.OfType<FileCleaned>());
        Assert.Equal(4, answers.OfType<FileBusy>().Count());
        Assert.IsType<FileCleaned>(await Clean(sanitizer, Planted.Clean("image/png")));
    }

    [Fact]
    public async Task The_process_is_told_nothing_of_its_parent()
    {
        Environment.SetEnvironmentVariable("A_SECRET_OF_THE_PARENT", "secret");
        using var child = Process.Start(Of(Usual).StartInfo())!;
        var environment = await File.ReadAllTextAsync($"/proc/{child.Id}/environ");
        child.Kill();
        Assert.Contains("DOTNET_GCHeapHardLimit", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("A_SECRET_OF_THE_PARENT", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("HOME=", environment, StringComparison.Ordinal);
    }

    private static async Task<FileAnswer> Clean(SanitizerOptions options, byte[] content)
    {
        using var sanitizer = Of(options);
        return await Clean(sanitizer, content);
    }

    private static Task<FileAnswer> Clean(Sanitizer sanitizer, byte[] content) => sanitizer.Clean(
        new MemoryStream(content), Task.FromResult<FileAnswer>, TestContext.Current.CancellationToken);

    private static Sanitizer Of(SanitizerOptions options) =>
        new(options, TimeProvider.System, NullLogger<Sanitizer>.Instance);
}
