using System.Globalization;
using System.Text;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>
/// Writes a new document: a catalogue, a list of pages, what they need, and no word about when, where or by whom.
/// </summary>
internal sealed class PdfWriter
{
    private const int Catalog = 1, PageList = 2;

    private readonly List<IToken?> objects = [null, null];
    private readonly List<IToken> pages = [];

    public IndirectReferenceToken Reserve()
    {
        objects.Add(null);
        return Reference(objects.Count);
    }

    public void Put(IndirectReferenceToken place, IToken value) => objects[(int)place.Data.ObjectNumber - 1] = value;

    public IndirectReferenceToken Add(IToken value)
    {
        var place = Reserve();
        Put(place, value);
        return place;
    }

    public void AddPage(DictionaryToken page) =>
        pages.Add(Add(page.With("Type", NameToken.Create("Page")).With("Parent", Reference(PageList))));

    public byte[] Finish()
    {
        objects[Catalog - 1] = DictionaryToken.Empty.With("Type", NameToken.Create("Catalog"))
            .With("Pages", Reference(PageList));
        objects[PageList - 1] = DictionaryToken.Empty.With("Type", NameToken.Create("Pages"))
            .With("Kids", new ArrayToken(pages)).With("Count", new NumericToken(pages.Count));
        using var output = new MemoryStream();
        output.Write("%PDF-1.7\n%"u8);
        output.Write([0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        var offsets = new List<long>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(output.Position);
            Write(output, $"{i + 1} 0 obj\n");
            Write(output, objects[i] ?? NullToken.Instance);
            Write(output, "\nendobj\n");
        }

        WriteEnd(output, offsets);
        return output.ToArray();
    }

    /// <summary>A name as it is written: what is not plain in it as numbers (ISO 32000-1, 7.3.5).</summary>
    public static string Name(string name)
    {
        var written = new StringBuilder("/");
        foreach (var part in Encoding.UTF8.GetBytes(name))
        {
            if (part is > (byte)'!' and <= (byte)'~' && !"#()<>[]{}/%"u8.Contains(part)) written.Append((char)part);
            else written.Append(CultureInfo.InvariantCulture, $"#{part:X2}");
        }

        return written.ToString();
    }

    private static IndirectReferenceToken Reference(int number) => new(new IndirectReference(number, 0));

    private static void WriteEnd(Stream output, List<long> offsets)
    {
        var start = output.Position;
        Write(output, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) Write(output, $"{offset:D10} 00000 n \n");
        Write(output, $"trailer\n<</Size {offsets.Count + 1}/Root {Catalog} 0 R>>\nstartxref\n{start}\n%%EOF\n");
    }

    private static void Write(Stream output, IToken value)
    {
        switch (value)
        {
            case NumericToken number:
                Write(output, number.HasDecimalPlaces
                    ? number.Double.ToString("0.######", CultureInfo.InvariantCulture)
                    : number.Long.ToString(CultureInfo.InvariantCulture));
                break;
            case NameToken name:
                Write(output, Name(name.Data));
                break;
            case BooleanToken truth:
                Write(output, truth.Data ? "true" : "false");
                break;
            case StringToken text:
                Write(output, $"<{Convert.ToHexString(text.GetBytes())}>");
                break;
            case HexToken hex:
                Write(output, $"<{Convert.ToHexString(hex.Bytes)}>");
                break;
            case IndirectReferenceToken reference:
                Write(output, $"{reference.Data.ObjectNumber} 0 R");
                break;
            case ArrayToken list:
                WriteList(output, list);
                break;
            case DictionaryToken dictionary:
                WriteDictionary(output, dictionary);
                break;
            case StreamToken stream:
                WriteDictionary(output, stream.StreamDictionary);
                Write(output, "\nstream\n");
                output.Write(stream.Data.Span);
                Write(output, "\nendstream");
                break;
            default:
                Write(output, "null");
                break;
        }
    }

    private static void WriteList(Stream output, ArrayToken list)
    {
        Write(output, "[");
        foreach (var item in list.Data)
        {
            Write(output, item);
            Write(output, " ");
        }

        Write(output, "]");
    }

    private static void WriteDictionary(Stream output, DictionaryToken dictionary)
    {
        Write(output, "<<");
        foreach (var (name, value) in dictionary.Data)
        {
            Write(output, Name(name));
            Write(output, " ");
            Write(output, value);
        }

        Write(output, ">>");
    }

    private static void Write(Stream output, string text) => output.Write(Encoding.ASCII.GetBytes(text));
}
