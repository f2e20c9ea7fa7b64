using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Files;

namespace DreamPlatform.Web.People;

/// <summary>The files somebody keeps; those of their cases go with the case.</summary>
internal sealed class FileData(FileCabinet cabinet) : IPersonalData
{
    public string Name => "files";

    public async Task<object?> Show(Actor person) =>
        (await cabinet.Of(person.Id)).Select(it => Show(it.Id, it.File)).ToArray();

    public Task Forget(Actor person) => cabinet.Erase(person.Id);

    private static object Show(Guid id, FileView? file) => file is { Description: var it }
        ? new PersonsFile(id, it.ContentType, it.Bytes, file.UploadedAt, file.Attachment?.Case.Value)
        : new UnreadablePart($"file {id}");
}

/// <summary>A file that somebody sent, as their download lists it.</summary>
internal sealed record PersonsFile(
    Guid Id, string ContentType, int Bytes, DateTimeOffset UploadedAt, Guid? AttachedTo)
{
    /// <summary>Where it can be fetched.</summary>
    public string Content => $"/api/files/{Id}";

    /// <summary>Its name in the archive.</summary>
    public string FileName => $"files/{Id}.{ContentType[(ContentType.LastIndexOf('/') + 1)..]}";
}
