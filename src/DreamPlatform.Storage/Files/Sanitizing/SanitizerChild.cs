using System.Globalization;
using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>
/// The process in which files are decoded: it reads one from its input, writes it anew to its output, and ends.
/// Whatever a file does to it, it does to nobody else.
/// </summary>
public static class SanitizerChild
{
    /// <summary>The hidden command of the executable that runs it.</summary>
    public const string Command = "sanitize";

    /// <summary>Whether the arguments are those with which <see cref="Sanitizer"/> starts it.</summary>
    public static bool IsMeant(string[] arguments) => arguments is [Command, _, _];

    public static int Run(string[] arguments)
    {
        ProcessLimits.Take(
            int.Parse(arguments[1], CultureInfo.InvariantCulture),
            int.Parse(arguments[2], CultureInfo.InvariantCulture));
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        SanitizerMessage.Write(output, Answer(ReadAll(input)));
        return 0;
    }

    internal static FileAnswer Answer(byte[] content)
    {
        try
        {
            return Clean(content) is
            {
                Content.Length: <= FileLimits.MaxKeptBytes,
                Small.Length: <= FileLimits.MaxSmallBytes,
            } cleaned
                ? cleaned
                : new FileRefused(new FileTooComplex());
        }
        catch (UncleanException refused)
        {
            return new FileRefused(refused.Rejection);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or InsufficientExecutionStackException)
        {
            return new FileRefused(new FileTooComplex());
        }
        catch (Exception)
        {
            // Parsers have many ways to say that a file is broken.
            return new FileRefused(new FileDamaged());
        }
    }

    private static FileCleaned Clean(byte[] content) => FileKinds.Of(content) switch
    {
        null => throw new UncleanException(new FileKindNotSupported()),
        FileKind.Pdf => Documents.Clean(content),
        { } picture => Pictures.Clean(content, picture),
    };

    private static byte[] ReadAll(Stream input)
    {
        using var content = new MemoryStream();
        input.CopyTo(content);
        return content.ToArray();
    }
}

/// <summary>Ends the cleaning of a file, within the child only.</summary>
internal sealed class UncleanException(Rejection rejection) : Exception(rejection.Code)
{
    public Rejection Rejection { get; } = rejection;
}
