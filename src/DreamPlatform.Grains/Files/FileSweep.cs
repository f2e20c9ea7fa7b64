using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Due;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Grains.Files;

/// <summary>Throws away a file that nothing refers to, and what is left of one that was never whole.</summary>
internal sealed class FileSweep(DueRows rows, IGrainFactory grains) : IDueHandler
{
    public DueKind Kind => DueKind.FileSweep;

    public async Task<string?> Carry(Domain.Shared.Due due)
    {
        var file = await grains.GetFile(due.Subject).Get();
        if (file?.Attachment is null)
        {
            if (!await grains.GetFile(due.Subject).DeleteUnlessAttachedSince(file?.Attachment)) return "Attached meanwhile";
            await grains.GetShelf(file?.Uploader ?? new AccountId(due.Owner.Value)).Remove(due.Subject);
        }

        await rows.Remove(due);
        return null;
    }
}
