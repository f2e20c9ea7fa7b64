using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Files;
using DreamPlatform.Storage.Files.Sanitizing;

namespace DreamPlatform.Storage.Tests.Files;

public sealed class DocumentTests
{
    [Fact]
    public void Nothing_hidden_is_left_in_a_document_and_what_is_seen_stays()
    {
        var planted = PlantedPdf.Document();
        Assert.True(Planted.IsIn(planted));

        var cleaned = Clean(planted);

        Assert.Equal(("application/pdf", 1), (cleaned.Description.ContentType, cleaned.Description.Pages));
        Parts.AssertOnlyWhatIsSeen("application/pdf", cleaned.Content.ToArray());
        var text = Parts.Text(cleaned.Content.ToArray());
        foreach (var seen in (string[])[$"({PlantedPdf.Shown}) Tj", "/Im1 Do", "0 0 5 5 re", "/Helvetica", "BI /W 2", "[0 0 300 400", "/S1 sh", "dup dup"])
            Assert.Contains(seen, text, StringComparison.Ordinal);
        using var document = UglyToad.PdfPig.PdfDocument.Open(cleaned.Content.ToArray());
        Assert.Equal(PlantedPdf.Shown, document.GetPage(1).Text.Trim());
        Assert.NotEmpty(document.GetPage(1).GetImages());
    }

    [Fact]
    public void The_same_document_becomes_the_same_bytes_whenever_and_by_whomever() =>
        Assert.Equal(Clean(PlantedPdf.Document()).Content.ToArray(), Clean(PlantedPdf.Document()).Content.ToArray());

    [Fact]
    public void A_cleaned_document_stays_as_it_is_when_it_is_cleaned_again()
    {
        var once = Clean(PlantedPdf.Document()).Content.ToArray();
        Assert.Equal(Parts.Text(once).Length, Parts.Text(Clean(once).Content.ToArray()).Length, tolerance: 4_000);
        Parts.AssertOnlyWhatIsSeen("application/pdf", Clean(once).Content.ToArray());
    }

    [Fact]
    public void As_many_pages_are_taken_as_may_be_and_not_one_more()
    {
        Assert.Equal(FileLimits.MaxPages, Clean(PlantedPdf.Pages(FileLimits.MaxPages)).Description.Pages);
        Assert.Equal(new FileTooManyPages(), Refusal(PlantedPdf.Pages(FileLimits.MaxPages + 1)));
        Assert.Equal(new FileDamaged(), Refusal(PlantedPdf.Pages(0)));
    }

    [Fact]
    public void An_encrypted_document_is_refused()
    {
        var encrypt = "/Encrypt<</Filter/Standard/V 1/R 2/O<" + new string('0', 64) + ">/U<" + new string('0', 64)
            + ">/P -4>>/ID[<00><00>]";
        Assert.Equal(new FileEncrypted(), Refusal(PlantedPdf.Raw(
            encrypt, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")));
    }

    [Theory]
    [InlineData("/Filter/JPXDecode")]
    [InlineData("/Filter/JBIG2Decode")]
    [InlineData("/Filter[/FlateDecode/JPXDecode]")]
    public void A_picture_in_a_form_that_is_not_understood_is_refused(string filter) =>
        Assert.Equal(new FileContentNotSupported(), Refusal(PlantedPdf.Page(
            "/XObject<</A 5 0 R>>", "/A Do",
            ($"/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceRGB/BitsPerComponent 8{filter}", PlantedPdf.Deflate([1, 2])))));

    [Theory]
    [InlineData("BI /W 1 /H 1 /CS /RGB /BPC 8 /F /DCT ID x EI")]
    [InlineData("BI /W 1 /H 1 /CS /RGB /BPC 8 /Secret /x ID x EI")]
    [InlineData("BI /W 1 /H 1 /CS [/I /RGB 0 (secret)] ID x EI")]
    public void An_inline_picture_that_could_hide_something_is_refused(string picture) =>
        Assert.Equal(new FileContentNotSupported(), Refusal(PlantedPdf.Page("", picture)));

    [Fact]
    public void A_picture_within_that_has_too_many_pixels_is_refused()
    {
        Assert.Equal(new FileTooManyPixels(), Refusal(PlantedPdf.Page(
            "/XObject<</A 5 0 R>>", "/A Do",
            ("/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8", [0]))));
    }

    [Fact]
    public void A_large_JPEG_within_is_made_smaller_and_its_size_with_it()
    {
        var cleaned = Clean(PlantedPdf.Page(
            "/XObject<</A 5 0 R>>", "/A Do",
            ("/Subtype/Image/Width 5120/Height 100/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter[/FlateDecode/DCTDecode]",
            PlantedPdf.Deflate(Planted.With("image/jpeg", Planted.Clean("image/jpeg", 5_120, 100))))));
        Assert.Contains("/Width 2560", Parts.Text(cleaned.Content.ToArray()), StringComparison.Ordinal);
        Parts.AssertOnlyWhatIsSeen("application/pdf", cleaned.Content.ToArray());
    }

    [Fact]
    public void Rows_prepared_for_compression_stay_so()
    {
        var cleaned = Clean(PlantedPdf.Page(
            "/XObject<</A 5 0 R>>", "/A Do",
            ("/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
                + "/DecodeParms<</Predictor 15/Columns 2/Secret(x)>>", PlantedPdf.Deflate([0, 1, 2, 2, 3, 4]))));
        var text = Parts.Text(cleaned.Content.ToArray());
        Assert.Contains("/Predictor 15", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_unpacks_without_end_is_refused() =>
        Assert.Equal(new FileTooComplex(), Refusal(PlantedPdf.Page(
            "/Font<</F<</Type/Font/Subtype/TrueType/FontDescriptor<</Type/FontDescriptor/FontFile2 5 0 R>>>>>>", "",
            ("/Filter/FlateDecode", PlantedPdf.Deflate(new byte[100_000_000])))));

    [Fact]
    public void Objects_that_refer_to_each_other_for_ever_come_to_an_end()
    {
        var deep = new string('[', 5_000) + new string(']', 5_000);
        byte[][] endless =
        [
            PlantedPdf.Raw("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
            PlantedPdf.Raw("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                "<</Type/Page/Parent 2 0 R/MediaBox 4 0 R>>", "[4 0 R 4 0 R 4 0 R 4 0 R]"),
            PlantedPdf.Raw("", "<</Type/Catalog/Pages 2 0 R>>", "2 0 R"),
            PlantedPdf.Raw("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                $"<</Type/Page/Parent 2 0 R/MediaBox {deep}>>"),
            PlantedPdf.Raw("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                "<</Type/Page/Parent 2 0 R/Resources<</ColorSpace<</A 4 0 R>>>>/MediaBox[0 0 9 9]>>",
                "[/Indexed 4 0 R 1 <00>]"),
        ];
        Assert.All(endless, document => Assert.IsType<FileRefused>(SanitizerChild.Answer(document)));
    }

    [Fact]
    public void A_document_cut_short_or_of_nothing_is_refused()
    {
        Assert.Equal(new FileDamaged(), Refusal("%PDF-1.7\n"u8.ToArray()));
        Assert.Equal(new FileDamaged(), Refusal(PlantedPdf.Document()[..300]));
        Assert.Equal(new FileKindNotSupported(), Refusal([.. "\n"u8, .. PlantedPdf.Document()]));
    }

    [Fact]
    public void Names_and_texts_beyond_ASCII_stay_together_with_what_they_name()
    {
        var cleaned = Clean(PlantedPdf.Page(
            "/Font<</F#c3#a9#20x<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>",
            "BT /F#C3#A9#20x 9 Tf (\\(a\\)\\051(b)) Tj <414> Tj ET"));
        var text = Parts.Text(cleaned.Content.ToArray());
        Assert.Equal(2, text.Split("/F#C3#A9#20x").Length - 1);
        Assert.Contains("(\\(a\\)\\051(b)) Tj", text, StringComparison.Ordinal);
        Assert.Contains("<414> Tj", text, StringComparison.Ordinal);
    }

    private static FileCleaned Clean(byte[] content)
    {
        var answer = SanitizerChild.Answer(content);
        return answer as FileCleaned ?? throw new InvalidOperationException(answer.ToString());
    }

    private static Rejection Refusal(byte[] content) =>
        Assert.IsType<FileRefused>(SanitizerChild.Answer(content)).Rejection;
}
