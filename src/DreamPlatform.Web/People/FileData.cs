using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Files;

namespace DreamPlatform.Web.People;

/// <summary>The files that somebody sent.</summary>
internal sealed class FileData(IGrainFactory grains, FileCabinet cabinet) : IPersonalData
{
    public string Name => "files";

    public async Task<object?> Show(Actor person)
    {
        var all = new List<PersonsFile>();
        foreach (var shelved in await grains.GetShelf(person.Id).List())
            if (await grains.GetFile(shelved.Id).Get() is { Description: { } description } file)
                all.Add(new PersonsFile(shelved.Id, description.ContentType, description.Bytes, file.UploadedAt));
        return all;
    }

    /// <summary>What is evidence in somebody else's case, or a receipt, belongs there and stays.</summary>
    public async Task Forget(Actor person)
    {
        foreach (var shelved in await grains.GetShelf(person.Id).List())
            if (await grains.GetFile(shelved.Id).Get() is not { } file || file.Holder == person.Id.Value)
                await cabinet.Delete([shelved.Id]);
        await grains.GetShelf(person.Id).Erase();
    }
}

/// <summary>A file that somebody sent, as their download lists it.</summary>
internal sealed record PersonsFile(Guid Id, string ContentType, int Bytes, DateTimeOffset UploadedAt)
{
    /// <summary>Its name in the archive.</summary>
    public string FileName => $"files/{Id}.{ContentType[(ContentType.LastIndexOf('/') + 1)..]}";
}
