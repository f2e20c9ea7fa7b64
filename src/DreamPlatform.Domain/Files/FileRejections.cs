using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Files;

[StoredAs("file-too-large")]
public sealed record FileTooLarge(int MaxBytes = FileLimits.MaxBytes)
    : Rejection(RejectionKind.TooLarge, "The file has too many bytes.");

[StoredAs("file-kind-not-supported")]
public sealed record FileKindNotSupported()
    : Rejection(RejectionKind.UnsupportedKind, "Send a JPEG, PNG or WebP picture, or a PDF.");

[StoredAs("file-damaged")]
public sealed record FileDamaged()
    : Rejection(RejectionKind.Unprocessable, "The file cannot be read to its end. Save it anew and send it again.");

[StoredAs("file-encrypted")]
public sealed record FileEncrypted()
    : Rejection(RejectionKind.Unprocessable, "The file is protected by a password. Save it without one.");

[StoredAs("file-content-not-supported")]
public sealed record FileContentNotSupported()
    : Rejection(
        RejectionKind.Unprocessable,
        "The file has parts that cannot be cleaned of hidden data. Print it into a new PDF, or send a picture of it.");

[StoredAs("file-too-many-pixels")]
public sealed record FileTooManyPixels(int MaxPixels = FileLimits.MaxPixels, int MaxSide = FileLimits.MaxSide)
    : Rejection(RejectionKind.Unprocessable, "The picture has too many pixels. Send a smaller one.");

[StoredAs("file-too-many-pages")]
public sealed record FileTooManyPages(int MaxPages = FileLimits.MaxPages)
    : Rejection(RejectionKind.Unprocessable, "The document has too many pages. Send it in parts.");

[StoredAs("file-too-complex")]
public sealed record FileTooComplex()
    : Rejection(RejectionKind.Unprocessable, "The file takes too much time or memory to read. Save it more simply.");

[StoredAs("file-unknown")]
public sealed record FileUnknown(IReadOnlyList<Guid> FileIds)
    : Rejection(
        RejectionKind.Unprocessable, "A file does not exist, is not yours to attach, or is evidence in another case.");

[StoredAs("case-files-full")]
public sealed record CaseFilesFull(int MaxFiles = FileLimits.MaxFilesPerCase)
    : Rejection(RejectionKind.Conflict, "This case has too many files. Leave some out.");

[StoredAs("file-quota-exceeded")]
public sealed record FileQuotaExceeded(
    int MaxFiles = FileLimits.MaxFilesPerPerson, int MaxBytes = FileLimits.MaxBytesPerPerson)
    : Rejection(RejectionKind.Conflict, "You keep too many files. Those attached to nothing are gone after a day.");
