using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Due;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Grains.Wishes;
using DreamPlatform.Storage.Files;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Storage.Keys;

namespace DreamPlatform.Grains.Files;

/// <summary>Throws away a file that nothing refers to, and what is left of one that was never whole.</summary>
internal sealed class FileSweep(
    DueRows rows, IGrainFactory grains, IFileStore store, PersonKeys keys, TimeProvider time) : IDueHandler
{
    public DueKind Kind => DueKind.FileSweep;

    public async Task<string?> Carry(Domain.Shared.Due due)
    {
        try
        {
            var file = await grains.GetFile(due.Subject).Get();
            if (!await IsReferredTo(file?.Attachment, due.Subject) && !await Delete(file, due))
                return "It was attached meanwhile";
        }
        catch (Exception exception) when (exception.Unreadable() is { } row)
        {
            if (row.IsKeyMissing || await IsStillOfSomebody(due))
            {
                await rows.Postpone(due, time.GetUtcNow() + FileLimits.UnattachedFor, "vault-unreadable");
                return "What is known of it cannot be read";
            }

            // Nobody can open it any more, and whom it was about is gone.
            await store.Delete(due.Subject, CancellationToken.None);
        }

        await rows.Remove(due);
        return null;
    }

    private async Task<bool> IsReferredTo(Attachment? attachment, Guid file) => attachment is { } it
        && await grains.GetGrain<IDossierGrain>(it.Dossier).RefersTo(it.Case.Stream, file);

    private async Task<bool> Delete(FileView? file, Domain.Shared.Due due)
    {
        if (!await grains.GetFile(due.Subject).DeleteUnlessAttachedSince(file?.Attachment)) return false;
        var shelf = file?.Uploader ?? (due.Owner.Kind == StreamKind.Donor ? new AccountId(due.Owner.Value) : null);
        if (shelf is { } person) await grains.GetShelf(person).Remove(due.Subject);
        return true;
    }

    private async Task<bool> IsStillOfSomebody(Domain.Shared.Due due) => due.Owner.Kind == StreamKind.Donor
        ? !await keys.IsDestroyed(due.Owner.Value)
        : (await grains.GetOwner(due.Owner).Get()).Owner is not Wish { IsApplicantErased: true };
}
