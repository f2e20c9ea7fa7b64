using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace DreamPlatform.Storage.Tests.Files;

/// <summary>Documents made by hand, with hidden data planted wherever the format has room for it.</summary>
public sealed class PlantedPdf
{
    private readonly List<byte[]> objects = [];

    /// <summary>A text that is to be seen on the page, and so must stay.</summary>
    public const string Shown = "Delivery note 17";

    /// <summary>A page with text, a picture, a form and an inline picture, and a secret in every corner.</summary>
    public static byte[] Document()
    {
        var secret = Planted.Secret;
        var pdf = new PlantedPdf();
        pdf.Add($"""
            <</Type/Catalog/Pages 2 0 R/Metadata 3 0 R/Lang({secret})/OpenAction 4 0 R/AA<</WC 4 0 R>>
            /Names<</JavaScript<</Names[({secret})4 0 R]>>/EmbeddedFiles<</Names[({secret})5 0 R]>>>>/AF[5 0 R]
            /AcroForm<</Fields[7 0 R]/XFA 6 0 R>>/PieceInfo<</{secret}<</Private({secret})>>>>/StructTreeRoot 8 0 R
            /Outlines<</First<</Title({secret})>>>>/ViewerPreferences<</X({secret})>>/MarkInfo<</Marked true>>>>
            """);
        pdf.Add("<</Type/Pages/Kids[9 0 R]/Count 1/MediaBox[0 0 300 400]/Resources 10 0 R>>");
        pdf.AddStream("/Type/Metadata/Subtype/XML", $"<x:xmpmeta><dc:creator>{secret}</dc:creator></x:xmpmeta>");
        pdf.Add($"<</S/JavaScript/JS(app.alert\\({secret}\\))>>");
        pdf.Add($"<</Type/Filespec/F({secret})/EF<</F 6 0 R>>>>");
        pdf.AddStream("/Type/EmbeddedFile", secret, deflate: true);
        pdf.Add($"""
            <</Type/Annot/Subtype/Widget/FT/Tx/T({secret})/V({secret})/Rect[0 0 9 9]/Contents({secret})
            /A<</S/URI/URI(http://secret.example/{secret})>>/AA<</E<</S/Launch/F({secret})>>>>>>
            """);
        pdf.Add($"<</Type/StructTreeRoot/K<</S/Figure/Alt({secret})/ActualText({secret})>>>>");
        pdf.Add($"""
            <</Type/Page/Parent 2 0 R/Contents[11 0 R 12 0 R]/Annots[7 0 R]/Thumb 13 0 R/LastModified(D:{secret})
            /PieceInfo<</X<</Private({secret})>>>>/Metadata 3 0 R/StructParents 0/AA<</O 4 0 R>>/B[({secret})]>>
            """);
        pdf.Add("""
            <</Font<</F1 15 0 R>>/XObject<</Im1 13 0 R/Fm1 14 0 R>>/Properties<</P1 16 0 R>>/ExtGState<</G1<</ca .5>>>>
            /ColorSpace<</C1[/ICCBased 17 0 R]/C2[/Indexed/DeviceRGB 1<FF000000FF00>]/C3[/Separation/Spot/DeviceRGB 18 0 R]>>
            /Shading<</S1<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 9 9]/Function 19 0 R>>>>>>
            """);
        pdf.AddStream("", $"q % {secret}\n/Span<</ActualText({secret})/MCID 0>>BDC\nBT /F1 12 Tf 20 300 Td ({Shown}) Tj ET\nEMC\n");
        pdf.AddStream(
            "",
            $"/P1 /Secret{secret} MP /Im1 Do /Fm1 Do /G1 gs /C1 cs .5 .5 .5 sc /C3 cs .5 scn /S1 sh\n{Inline} Q",
            deflate: true);
        pdf.AddBytes(
            "/Type/XObject/Subtype/Image/Width 96/Height 64/ColorSpace[/ICCBased 17 0 R]/BitsPerComponent 8"
                + "/Filter/DCTDecode/Metadata 3 0 R",
            Planted.Of("image/jpeg"));
        pdf.AddStream(
            "/Type/XObject/Subtype/Form/BBox[0 0 10 10]/PieceInfo<</X 3 0 R>>/LastModified(D:1)"
                + "/Resources<</XObject<</Fm1 14 0 R>>>>",
            $"% {secret}\n0 0 5 5 re f /Fm1 Do");
        pdf.Add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 20 0 R>>");
        pdf.Add($"<</Type/OCG/Name({secret})>>");
        pdf.AddStream("/N 3/Alternate/DeviceRGB", $"profile described as {secret}", deflate: true);
        pdf.AddStream("/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1]", $"{{ % {secret}\n dup dup }}");
        pdf.Add("<</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>");
        pdf.AddStream("", $"/CIDInit % {secret}");
        return pdf.Finish($"/Info<</Title({secret})/Author({secret})/Producer({secret})/CreationDate(D:2026)>>");
    }

    /// <summary>A document of as many empty pages.</summary>
    public static byte[] Pages(int count)
    {
        var pdf = new PlantedPdf();
        pdf.Add("<</Type/Catalog/Pages 2 0 R>>");
        var kids = string.Join(' ', Enumerable.Range(3, count).Select(number => $"{number} 0 R"));
        pdf.Add($"<</Type/Pages/Kids[{kids}]/Count {count}/MediaBox[0 0 100 100]>>");
        for (var i = 0; i < count; i++) pdf.Add("<</Type/Page/Parent 2 0 R>>");
        return pdf.Finish();
    }

    /// <summary>A page whose resources, content or picture are given; objects follow from number 4.</summary>
    public static byte[] Page(string resources, string content, params (string Dictionary, byte[]? Data)[] more)
    {
        var pdf = new PlantedPdf();
        pdf.Add("<</Type/Catalog/Pages 2 0 R>>");
        pdf.Add("<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 100 100]>>");
        pdf.Add($"<</Type/Page/Parent 2 0 R/Resources<<{resources}>>/Contents 4 0 R>>");
        pdf.AddStream("", content);
        foreach (var (dictionary, data) in more)
        {
            if (data is null) pdf.Add(dictionary);
            else pdf.AddBytes(dictionary, data);
        }

        return pdf.Finish();
    }

    /// <summary>Objects as they are written, and what the trailer says besides.</summary>
    public static byte[] Raw(string trailer, params string[] objects)
    {
        var pdf = new PlantedPdf();
        foreach (var it in objects) pdf.Add(it);
        return pdf.Finish(trailer);
    }

    public static byte[] Deflate(byte[] data)
    {
        using var deflated = new MemoryStream();
        using (var zlib = new ZLibStream(deflated, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(data);
        return deflated.ToArray();
    }

    private static string Inline => "q 5 0 0 5 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \u0001\u0002EI\u0004 EI Q";

    private void Add(string value) => objects.Add(Encoding.Latin1.GetBytes(value));

    private void AddStream(string dictionary, string data, bool deflate = false) => AddBytes(
        deflate ? $"{dictionary}/Filter/FlateDecode" : dictionary,
        deflate ? Deflate(Encoding.Latin1.GetBytes(data)) : Encoding.Latin1.GetBytes(data));

    private void AddBytes(string dictionary, byte[] data) => objects.Add(
    [
        .. Encoding.Latin1.GetBytes($"<<{dictionary}/Length {data.Length}>>\nstream\n"), .. data,
        .. "\nendstream"u8,
    ]);

    private byte[] Finish(string trailer = "")
    {
        using var output = new MemoryStream();
        output.Write(Encoding.ASCII.GetBytes($"%PDF-1.7\n% {Planted.Secret}\n"));
        var offsets = new List<long>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(output.Position);
            output.Write(Encoding.ASCII.GetBytes($"{i + 1} 0 obj\n"));
            output.Write(objects[i]);
            output.Write("\nendobj\n"u8);
        }

        var start = output.Position;
        output.Write(Encoding.ASCII.GetBytes($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets)
            output.Write(Encoding.ASCII.GetBytes(offset.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n"));
        output.Write(Encoding.Latin1.GetBytes(
            $"trailer\n<</Size {offsets.Count + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n{Planted.Secret}"));
        return output.ToArray();
    }
}
