namespace DreamPlatform.Domain.Files;

/// <summary>How large, and how many, files of evidence may be.</summary>
public static class FileLimits
{
    /// <summary>The most bytes of one file as it is sent.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>The most bytes of one file as it is kept: a picture may grow when it is written anew.</summary>
    public const int MaxKeptBytes = 32 * 1024 * 1024;

    /// <summary>The most pixels of one picture.</summary>
    public const int MaxPixels = 40_000_000;

    /// <summary>The most pixels along one side of a picture.</summary>
    public const int MaxSide = 20_000;

    /// <summary>A picture is scaled down so that its longer side has no more pixels than this.</summary>
    public const int KeptSide = 2_560;

    /// <summary>The longer side of the small version of a picture, for where it is one of several.</summary>
    public const int SmallSide = 480;

    /// <summary>The most bytes of a small version: more than its pixels have.</summary>
    public const int MaxSmallBytes = 1024 * 1024;

    /// <summary>The most pages of one PDF.</summary>
    public const int MaxPages = 50;

    /// <summary>The most files on one person's shelf.</summary>
    public const int MaxFilesPerPerson = 100;

    /// <summary>The most bytes on one person's shelf.</summary>
    public const int MaxBytesPerPerson = 200 * 1024 * 1024;

    /// <summary>The most files attached to one case.</summary>
    public const int MaxFilesPerCase = 60;

    /// <summary>How long a file is kept that is attached to nothing.</summary>
    public static readonly TimeSpan UnattachedFor = TimeSpan.FromDays(1);
}
