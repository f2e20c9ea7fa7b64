using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Files;
using DreamPlatform.Grains.Hosting;
using DreamPlatform.Grains.Owners;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Grains.Wishes;

/// <inheritdoc cref="IDossierGrain"/>
internal sealed partial class DossierGrain(
    [PersistentState("dossier.v1", Vault.Name)] IPersistentState<Dossier> vault,
    [PersistentState("looks.v1", Vault.Name)] IPersistentState<LookLog> looks,
    EvidenceFiles files, TimeProvider time, ILogger<DossierGrain> logger) : Grain, IDossierGrain
{
    private WishId WishId => new(Guid.Parse(this.GetPrimaryKeyString().AsSpan("wish-".Length)));

    public async Task<Outcome> Create(Envelope draft, Envelope edit, Application application)
    {
        if (await files.Refuse(application.Files, draft.Actor) is { } refusal) return refusal;
        var drafted = await Owner(WishId.Stream).Execute(draft);
        if (drafted is not CommandAccepted { State: Wish wish }) return drafted;
        if (wish.Id == WishId) return await Execute(WishId.Stream, edit, application);

        // The same request made this wish before, under the id it was given then.
        var first = GrainFactory.GetGrain<IDossierGrain>(wish.Id.Stream.ToString());
        return await first.Execute(wish.Id.Stream, edit, application);
    }

    public async Task<Outcome> Execute(StreamId owner, Envelope envelope, DossierContent content)
    {
        var before = (await Owner(owner).Get()).Owner;
        if (before.RefusesToHear(envelope.Actor, envelope.Command) is null)
        {
            if (await FirstAnswer(owner, envelope) is { } first) return first;
            if (await Keep(before, envelope, content) is { } failure) return failure;
            envelope = envelope with { Command = ((IRefersToDossier)envelope.Command).At(vault.State.LastVersion) };
        }

        return await Owner(owner).Execute(envelope);
    }

    public async Task<Outcome> Submit(Envelope envelope)
    {
        var version = (await Wish()).Wish.DraftVersion;
        var command = Application(version).ToSubmit(version);
        return await Owner(WishId.Stream).Execute(envelope with { Command = command });
    }

    public async Task<Outcome> Accept(Envelope envelope)
    {
        var (wish, _) = await Wish();
        var reviewed = wish.PublicTextVersion is { } version
            ? (vault.State.Find(version)?.Content as Review)?.PublicText
            : null;
        var accept = (AcceptWish)envelope.Command;
        var texts = Application(wish.DraftVersion).ToPublish(wish.Id, reviewed, accept.PublishStory);
        var command = accept with { TextVersion = wish.OfferedTextVersion, Texts = texts };
        return await Owner(WishId.Stream).Execute(envelope with { Command = command });
    }

    public async Task<DossierView> Look(Actor actor, string? reason)
    {
        var (wish, version) = await Wish();
        var viewers = wish.ViewersOf(actor);
        var part = PrivatePart.Of(wish, vault.State, viewers, reveals: reason is not null);
        var refusal = part.IsLogged(viewers)
            ? await Note(wish, actor, viewers[0], part.Shows, null, reason)
            : null;
        return new DossierView(wish, version, refusal is null ? part : PrivatePart.Nothing, refusal);
    }

    public async Task<IReadOnlyList<Look>> Looks(Actor actor) =>
        (await Wish()).Wish.Shows(PrivateField.Looks, actor) ? looks.State.Entries : [];

    public async Task<bool> ShowsFile(StreamId owner, Actor actor, Guid file) =>
        (await Owner(owner).Get()).Owner is Wish wish
        && Referring(wish, file).Any(entry => wish.Shows(entry.Content.Field, actor));

    public async Task<bool> RefersTo(StreamId owner, Guid file) =>
        Referring((await Owner(owner).Get()).Owner, file).Any();

    public async Task<Rejection?> NoteFile(Actor actor, Guid file)
    {
        var (wish, _) = await Wish();
        // Receipts outlive their applicant, whom nobody could tell any more.
        if (wish.IsApplicantErased) return null;
        return wish.ViewersOf(actor) is [var viewer, ..] && viewer != Viewer.Applicant
            ? await Note(wish, actor, viewer, LookAt.File, file, reason: null)
            : null;
    }

    public async Task<IReadOnlyList<DossierEntry>> Receipts(StreamId owner, Actor actor) =>
        (await Owner(owner).Get()).Owner is Wish wish && wish.Shows(PrivateField.Receipts, actor)
            ? [.. vault.State.Entries.Where(it => wish.IsReferredTo(this.GetPrimaryKeyString(), it.Version))]
            : [];

    public async Task Erase()
    {
        var (wish, _) = await Wish();
        if (!wish.IsApplicantErased) return;
        try
        {
            await files.Delete(wish, vault.State);
        }
        finally
        {
            if (vault.RecordExists) await vault.ClearStateAsync();
            if (looks.RecordExists) await looks.ClearStateAsync();
            DeactivateOnIdle();
        }
    }

    /// <summary>Notes a look before it is allowed; why it is not, if it is not.</summary>
    private async Task<Rejection?> Note(
        Wish wish, Actor actor, Viewer viewer, LookAt what, Guid? subject, string? reason)
    {
        var now = time.GetUtcNow();
        var look = new Look(actor.Id, viewer, what, subject, reason ?? "", now, now, Times: 1);
        if (looks.State.Add(look) is not { } noted) return new LookLogFull();
        looks.State = noted with { Holder = wish.HolderOf(this.GetPrimaryKeyString()) };
        try
        {
            await looks.WriteStateAsync();
            return null;
        }
        catch (Exception exception)
        {
            DeactivateOnIdle();
            if (IsTooLarge(exception)) return new LookLogFull();
            throw;
        }
    }

    /// <summary>What became of the same command before. Its text is kept then, and is not kept once more.</summary>
    private async Task<Outcome?> FirstAnswer(StreamId owner, Envelope envelope) =>
        vault.State.Entries.Any(entry => entry.Command == envelope.Id && entry.Author == envelope.Actor.Id)
            && await Owner(owner).Execute(envelope) is CommandAccepted first ? first : null;

    private async Task<Outcome?> Keep(Owner owner, Envelope envelope, DossierContent content)
    {
        var now = time.GetUtcNow();
        var kept = vault.State.Add(
            new DossierEntry(0, envelope.Id, envelope.Actor.Id, now, content),
            entry => owner.Keeps(this.GetPrimaryKeyString(), entry, now));
        if (kept.Entries.Length > Dossier.MaxEntries) return new CommandRefused(new DossierFull());
        var before = vault.State;
        try
        {
            if (await files.Follow(this.GetPrimaryKeyString(), owner, envelope.Actor, before, kept) is { } failure)
                return failure;
            vault.State = kept with { Holder = owner.HolderOf(this.GetPrimaryKeyString()) };
            await vault.WriteStateAsync();
            return null;
        }
        catch (Exception exception)
        {
            Log.NotKept(logger, this.GetPrimaryKeyString(), exception);
            vault.State = before;
            DeactivateOnIdle();
            return IsTooLarge(exception) ? new CommandRefused(new DossierFull()) : new CommandBusy();
        }
    }

    /// <summary>Whether to try again is in vain: not every store has room for all the entries that there may be.</summary>
    private static bool IsTooLarge(Exception exception) => exception.GetBaseException() is VaultRowTooLargeException;

    private IEnumerable<DossierEntry> Referring(Owner owner, Guid file)
    {
        var now = time.GetUtcNow();
        return vault.State.Entries.Where(entry => entry.Content.Files.Contains(file)
            && owner.Keeps(this.GetPrimaryKeyString(), entry, now));
    }

    private Application Application(int version) =>
        vault.State.Find(version)?.Content as Application ?? Domain.Wishes.Application.Empty;

    private async Task<(Wish Wish, long Version)> Wish()
    {
        var snapshot = await Owner(WishId.Stream).Get();
        return (snapshot.Owner as Wish ?? new Wish(WishId), snapshot.Version);
    }

    private IOwnerGrain Owner(StreamId stream) => GrainFactory.GetOwner(stream);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The vault did not keep a version of {Dossier}; nothing was done.")]
        public static partial void NotKept(ILogger logger, string dossier, Exception exception);
    }
}
