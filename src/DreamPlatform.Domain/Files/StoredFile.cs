using System.Text.Json.Serialization;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Files;

/// <summary>What a kept file is, by its content.</summary>
/// <param name="Pages">For a PDF.</param>
/// <param name="Width">For a picture, in pixels.</param>
/// <param name="Height">For a picture, in pixels.</param>
public sealed record FileDescription(
    string ContentType, int Bytes, int? Pages = null, int? Width = null, int? Height = null)
{
    /// <summary>Null where the picture is small itself, and for those that were kept before there were small versions.</summary>
    public SmallPicture? Small { get; init; }

    public bool IsPicture => Width is not null;
}

/// <summary>The small version of a picture, kept with it.</summary>
public sealed record SmallPicture(int Bytes, int Width, int Height);

/// <summary>Which version of a picture somebody wants; what has only one is given as it is.</summary>
public enum FileSize
{
    Full,
    Small,
}

/// <summary>
/// The private part of a file: what it is, whose it is, and the key that opens its bytes, which are elsewhere. Without
/// this state nobody can read them.
/// </summary>
[StoredAs("file.v1")]
public sealed record StoredFile : IPrivate
{
    public Guid Holder { get; init; }

    /// <summary>Who sent it, or whom they sent it for.</summary>
    public AccountId Uploader { get; init; }

    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>Null while there is no such file.</summary>
    public FileDescription? Description { get; init; }

    /// <summary>The key of this file alone.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>What it is evidence in; null while it is loose.</summary>
    public Attachment? Attachment { get; init; }

    /// <summary>What others may know of it; null while there is no such file.</summary>
    [JsonIgnore]
    public FileView? View => Description is { } description
        ? new FileView(Holder, Uploader, UploadedAt, description, Attachment)
        : null;
}

/// <summary>A file without the key to its bytes, which never leaves the state.</summary>
/// <param name="Holder">Whose data key seals its state.</param>
/// <param name="Uploader">Who sent it, or whom they sent it for.</param>
/// <param name="Attachment">What it is evidence in; null while it is loose.</param>
public sealed record FileView(
    Guid Holder, AccountId Uploader, DateTimeOffset UploadedAt, FileDescription Description, Attachment? Attachment)
{
    /// <summary>Whether the actor sent it, or it was sent for whom they act for.</summary>
    public bool IsFrom(Actor actor) => Uploader == actor.Principal || Uploader == actor.Id;

    /// <summary>Whether it is still the actor's alone, and so theirs to read and to attach.</summary>
    public bool IsLooseFor(Actor actor) => IsFrom(actor) && Attachment is null;

    /// <summary>Whether who writes in a dossier may refer to it: it is theirs, or is evidence there already.</summary>
    public bool MayJoin(string dossier, Actor actor) => Attachment?.Dossier == dossier || IsLooseFor(actor);
}

/// <summary>What a file is evidence in.</summary>
/// <param name="Dossier">The dossier whose entries refer to it: that of the case, or the receipts of an item.</param>
/// <param name="At">When it was attached last; a draft that is changed attaches its files again.</param>
public sealed record Attachment(WishId Case, string Dossier, DateTimeOffset At);
