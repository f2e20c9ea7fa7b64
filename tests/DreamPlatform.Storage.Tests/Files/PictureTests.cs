using DreamPlatform.Domain.Files;
using DreamPlatform.Storage.Files;
using DreamPlatform.Storage.Files.Sanitizing;
using SkiaSharp;

namespace DreamPlatform.Storage.Tests.Files;

public sealed class PictureTests
{
    /// <summary>The kinds that cameras write; the decoder heeds no such word in a PNG.</summary>
    private static readonly string[] Turned = ["image/jpeg", "image/webp"];

    public static TheoryData<string> Kinds => [.. Planted.Pictures];

    public static TheoryData<string, int> Orientations =>
        [.. Turned.SelectMany(_ => Enumerable.Range(1, 8), (kind, origin) => (kind, origin))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_hidden_is_left_in_a_picture(string kind)
    {
        var planted = Planted.Of(kind);
        Assert.True(Planted.IsIn(planted));

        var cleaned = Clean(planted);

        Assert.Equal((kind, 96, 64), (
            cleaned.Description.ContentType, cleaned.Description.Width, cleaned.Description.Height));
        Assert.Equal(cleaned.Content.Length, cleaned.Description.Bytes);
        Parts.AssertOnlyWhatIsSeen(kind, cleaned.Content.ToArray());
    }

    /// <summary>The parser of these tests would see what is hidden if it were there.</summary>
    [Theory]
    [InlineData("image/jpeg", "E1,ED,EC,FE")]
    [InlineData("image/png", "tEXt,iTXt,eXIf,tIME")]
    [InlineData("image/webp", "EXIF,XMP ")]
    public void What_is_planted_is_seen_before_it_is_cleaned(string kind, string parts)
    {
        var planted = Planted.With(kind, Planted.Clean(kind));
        var end = kind switch { "image/jpeg" => "<html"u8, "image/png" => "IEND"u8, _ => default };
        if (end.Length > 0) planted = planted[..(planted.AsSpan().LastIndexOf(end) + (kind == "image/png" ? 8 : 0))];
        Assert.Empty(parts.Split(',').Except(Parts.Of(kind, planted)));
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void A_picture_is_turned_as_its_hidden_data_said(string kind, int orientation)
    {
        var cleaned = Clean(Planted.With(kind, Planted.Clean(kind), orientation));

        // What is where the origin says: the corner of the first row and column, and the next along the row.
        var (first, along) = orientation switch
        {
            1 => (0, 1),
            2 => (1, 0),
            3 => (3, 2),
            4 => (2, 3),
            5 => (0, 2),
            6 => (1, 3),
            7 => (3, 1),
            _ => (2, 0),
        };
        using var picture = SKBitmap.Decode(cleaned.Content.Span);
        Assert.Equal(orientation < 5 ? (96, 64) : (64, 96), (picture.Width, picture.Height));
        Assert.Equal("red", CornerOf(picture, first));
        Assert.Equal("green", CornerOf(picture, along));
        Assert.Equal("white", CornerOf(picture, 3 - first));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_large_picture_is_made_smaller(string kind)
    {
        var description = Clean(Planted.Clean(kind, 6_000, 1_000)).Description;
        Assert.Equal((2_560, 427), (description.Width, description.Height));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_picture_has_a_small_version_of_the_same_kind_with_nothing_hidden_in_it(string kind)
    {
        var cleaned = Clean(Planted.With(kind, Planted.Clean(kind, 1_200, 900)));

        Assert.Equal(new SmallPicture(cleaned.Small.Length, 480, 360), cleaned.Description.Small);
        Parts.AssertOnlyWhatIsSeen(kind, cleaned.Small.ToArray());
        using var picture = SKBitmap.Decode(cleaned.Small.Span);
        Assert.Equal((480, 360), (picture.Width, picture.Height));
        Assert.Equal("red", CornerOf(picture, 0));
        Assert.Equal("white", CornerOf(picture, 3));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_small_already_has_no_second_version(string kind)
    {
        var cleaned = Clean(Planted.Clean(kind, 480, 320));

        Assert.Null(cleaned.Description.Small);
        Assert.True(cleaned.Small.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_versions_come_out_of_the_process_that_writes_them(string kind)
    {
        var cleaned = Clean(Planted.Clean(kind, 1_200, 900));
        using var pipe = new MemoryStream();

        SanitizerMessage.Write(pipe, cleaned);

        var read = Assert.IsType<FileCleaned>(SanitizerMessage.Read(pipe.ToArray()));
        Assert.Equal(cleaned.Description, read.Description);
        Assert.Equal(cleaned.Content.ToArray(), read.Content.ToArray());
        Assert.Equal(cleaned.Small.ToArray(), read.Small.ToArray());
        Assert.Null(SanitizerMessage.Read(pipe.ToArray().AsMemory(..(int)(pipe.Length - cleaned.Small.Length - 1))));
    }

    [Theory]
    [InlineData(60_000, 60_000)]
    [InlineData(20_001, 1)]
    [InlineData(8_000, 6_000)]
    public void A_picture_with_too_many_pixels_is_refused_by_its_head(int width, int height)
    {
        var head = Planted.Clean("image/png");
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(20), height);
        Planted.MendPngHead(head);
        Assert.Equal(new FileTooManyPixels(), Refusal(head));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_picture_cut_short_is_refused(string kind)
    {
        var picture = Planted.Clean(kind, 400, 300);
        Assert.Equal(new FileDamaged(), Refusal(picture[..(picture.Length / 2)]));
    }

    [Fact]
    public void A_file_is_known_by_its_content_alone()
    {
        Assert.Equal(new FileKindNotSupported(), Refusal("<html><script>alert(1)</script></html>"u8.ToArray()));
        Assert.Equal(new FileKindNotSupported(), Refusal("GIF89a\u0001\0\u0001\0"u8.ToArray()));
        Assert.Equal(new FileKindNotSupported(), Refusal("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray()));
        Assert.Equal(new FileKindNotSupported(), Refusal([]));
        Assert.Equal(new FileDamaged(), Refusal([0xFF, 0xD8, 0xFF, .. "<html>"u8]));
    }

    private static FileCleaned Clean(byte[] content) => Assert.IsType<FileCleaned>(SanitizerChild.Answer(content));

    private static Domain.Shared.Rejection Refusal(byte[] content) =>
        Assert.IsType<FileRefused>(SanitizerChild.Answer(content)).Rejection;

    /// <summary>The colour of a quarter, in reading order.</summary>
    private static string CornerOf(SKBitmap picture, int quarter)
    {
        var pixel = picture.GetPixel(
            picture.Width * (quarter % 2 == 0 ? 1 : 3) / 4, picture.Height * (quarter < 2 ? 1 : 3) / 4);
        return (pixel.Red > 128, pixel.Green > 128, pixel.Blue > 128) switch
        {
            (true, false, false) => "red",
            (false, true, false) => "green",
            (false, false, true) => "blue",
            (true, true, true) => "white",
            _ => pixel.ToString(),
        };
    }
}
