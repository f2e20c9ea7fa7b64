using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Files;

namespace DreamPlatform.Web.People;

/// <summary>The files somebody keeps; those of their cases go with the case.</summary>
internal sealed class FileData(FileCabinet cabinet) : IPersonalData
{
    public string Name => "files";

    public async Task<object?> Show(Actor person) => (await cabinet.Of(person.Id))
        .Select(it => new
        {
            it.Id,
            it.File.Description!.ContentType,
            it.File.Description.Bytes,
            it.File.UploadedAt,
            AttachedTo = it.File.Attachment?.Case.Value,
            Content = $"/api/files/{it.Id}",
        })
        .ToArray();

    public Task Forget(Actor person) => cabinet.Erase(person.Id);
}
