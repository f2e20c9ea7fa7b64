using System.Buffers.Binary;
using System.Text;
using DreamPlatform.Storage.Tests.Files;

namespace DreamPlatform.Web.Tests.Files;

/// <summary>Files made to do harm: heads that lie, bombs, endless documents, and files of two kinds at once.</summary>
public static class Hostile
{
    public static readonly IReadOnlyList<byte[]> All =
    [
        LyingPng(60_000, 60_000), LyingPng(int.MaxValue, 1), LyingPng(6_300, 6_300), LyingJpeg(65_000, 65_000),
        LyingWebP(), ..Polyglots(), ..Documents(),
        .. Planted.Pictures.Select(kind => Planted.Of(kind)[..20]), "%PDF-1.7"u8.ToArray(),
        [.. "%PDF-1.7\n"u8, .. Enumerable.Repeat((byte)'[', 200_000)],
    ];

    private static byte[] LyingPng(int width, int height)
    {
        var png = Planted.Clean("image/png");
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        Planted.MendPngHead(png);
        return png;
    }

    private static byte[] LyingJpeg(ushort width, ushort height)
    {
        var jpeg = Planted.Clean("image/jpeg");
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), width);
        return jpeg;
    }

    private static byte[] LyingWebP()
    {
        var webp = Planted.Of("image/webp");
        webp.AsSpan(24, 6).Fill(0xFF);
        return webp;
    }

    /// <summary>A script in a picture, a picture in a page, a document behind a picture and the other way round.</summary>
    private static IEnumerable<byte[]> Polyglots()
    {
        var script = Encoding.ASCII.GetBytes($"<html><script>'{Planted.Secret}'</script></html>");
        var jpeg = Planted.Clean("image/jpeg");
        yield return [.. jpeg, .. script];
        yield return [.. script, .. jpeg];
        yield return [.. jpeg[..2], 0xFF, 0xFE, 0, (byte)(script.Length + 2), .. script, .. jpeg[2..]];
        yield return [.. jpeg, .. PlantedPdf.Document()];
        yield return [.. PlantedPdf.Document(), .. jpeg];
        yield return [.. "GIF89a/*"u8, .. jpeg, .. "*/=1;"u8];
    }

    private static IEnumerable<byte[]> Documents()
    {
        const string catalog = "<</Type/Catalog/Pages 2 0 R>>", pages = "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 9 9]>>";
        yield return PlantedPdf.Raw("", catalog, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>");
        yield return PlantedPdf.Raw("", catalog, pages, "<</Type/Page/Parent 2 0 R/Resources 3 0 R/Contents 3 0 R>>");
        yield return PlantedPdf.Raw("", "1 0 R");
        yield return PlantedPdf.Raw("", catalog, pages, $"<</Type/Page/Rotate {new string('[', 100_000)}>>");
        yield return PlantedPdf.Raw("", catalog, pages, "<</Type/Page/Rotate 4 0 R>>", Laughs(5), Laughs(6), Laughs(7), Laughs(8),
            Laughs(9), Laughs(10), Laughs(11), "[1 1 1 1 1 1 1 1 1 1]");
        yield return PlantedPdf.Raw($"/Prev 0/XRefStm 99999999/Author({Planted.Secret})", catalog, pages, "<</Type/Page>>");
        // A thousandfold, and a thousandfold again.
        var bomb = PlantedPdf.Deflate(new byte[60_000_000]);
        yield return PlantedPdf.Page(
            "/Font<</F<</Type/Font/FontDescriptor<</FontFile2 5 0 R>>>>>>", "",
            ("/Filter[/FlateDecode/FlateDecode]", PlantedPdf.Deflate(PlantedPdf.Deflate(new byte[250_000_000]))));
        yield return PlantedPdf.Page(
            string.Concat(Enumerable.Range(0, 20).Select(i => $"/XObject<</A{i} 5 0 R>>")), "/A0 Do",
            ("/Subtype/Form/BBox[0 0 1 1]/Filter/FlateDecode", bomb));
        yield return PlantedPdf.Page("/XObject<</A 5 0 R>>", "/A Do",
            ("/Subtype/Image/Width 6000/Height 6000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode", LyingJpeg(65_000, 65_000)));
    }

    /// <summary>A list of ten times the next object, which is such a list again.</summary>
    private static string Laughs(int next) => $"[{string.Concat(Enumerable.Repeat($"{next} 0 R ", 10))}]";
}
