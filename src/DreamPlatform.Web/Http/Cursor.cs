using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace DreamPlatform.Web.Http;

/// <summary>
/// Where a page of a list ends: the sort value and id of its last row. Opaque to callers, but not secret: nothing
/// may be decided by it that the caller may not decide.
/// </summary>
/// <param name="List">Which list, in which order: a cursor of another is refused.</param>
/// <param name="At">The last row's sort value.</param>
/// <param name="Id">The last row's id, where the sort value alone is not unique.</param>
public readonly record struct Cursor(byte List, long At, Guid Id = default)
{
    private const int Bytes = 1 + sizeof(long) + 16;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes[0] = List;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], At);
        Id.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(string text, out Cursor cursor)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        cursor = default;
        if (text.Length != Base64Url.GetEncodedLength(Bytes)
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != Bytes)
            return false;
        var at = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
        cursor = new Cursor(bytes[0], at, new Guid(bytes[9..], bigEndian: true));
        return true;
    }
}
