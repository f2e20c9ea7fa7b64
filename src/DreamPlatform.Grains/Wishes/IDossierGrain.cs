using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Grains.Hosting;

namespace DreamPlatform.Grains.Wishes;

/// <summary>
/// The private part of a wish, or of another case that somebody writes about. Its key is the case's stream name.
/// Commands that bring text come here; what they bring is kept before their owner hears of it.
/// </summary>
public interface IDossierGrain : IGrainWithStringKey
{
    /// <summary>Makes a new wish: its draft in the journal first, then what was written.</summary>
    Task<Outcome> Create([Immutable] Envelope draft, [Immutable] Envelope edit, [Immutable] Application application);

    /// <summary>
    /// Keeps what was written as a new version, then sends the command that refers to it to its owner.
    /// </summary>
    Task<Outcome> Execute(StreamId owner, [Immutable] Envelope envelope, [Immutable] DossierContent content);

    /// <summary>Submits the draft as it is now.</summary>
    Task<Outcome> Submit([Immutable] Envelope envelope);

    /// <summary>
    /// Accepts the offer; the envelope's command says what may be published, and the texts are added here.
    /// </summary>
    Task<Outcome> Accept([Immutable] Envelope envelope);

    /// <summary>
    /// Shows what the actor may see, by <see cref="Disclosure"/>. Whoever is not the applicant is noted in the log of
    /// looks before they see anything.
    /// </summary>
    /// <param name="reason">Why they look; reveals who the applicant is, where a reason does. Null shows that masked.</param>
    [Once]
    Task<DossierView> Look([Immutable] Actor actor, string? reason);

    /// <summary>Who looked, for the applicant; empty for anybody else.</summary>
    Task<IReadOnlyList<Look>> Looks([Immutable] Actor actor);

    /// <summary>Whether a file is evidence here that the actor may see, by <see cref="Disclosure"/>.</summary>
    /// <param name="owner">The wish.</param>
    Task<bool> ShowsFile(StreamId owner, [Immutable] Actor actor, Guid file);

    /// <summary>Whether an entry that is kept refers to a file.</summary>
    /// <param name="owner">The wish.</param>
    Task<bool> RefersTo(StreamId owner, Guid file);

    /// <summary>Notes that somebody looks at a file of this case; why they may not, if they may not.</summary>
    [Once]
    Task<Rejection?> NoteFile([Immutable] Actor actor, Guid file);

    /// <summary>
    /// What must be kept about paying for an item, as events refer to it; empty for who may not see it.
    /// </summary>
    /// <param name="owner">The wish.</param>
    Task<IReadOnlyList<DossierEntry>> Receipts(StreamId owner, [Immutable] Actor actor);

    /// <summary>Clears everything here, once the applicant was erased from the wish.</summary>
    Task Erase();
}

/// <summary>A wish with as much of its private part as somebody may see.</summary>
/// <param name="Refusal">Why they see nothing, although they might; null when nothing stands in the way.</param>
public sealed record DossierView(Wish Wish, long Version, PrivatePart Part, Rejection? Refusal = null);
