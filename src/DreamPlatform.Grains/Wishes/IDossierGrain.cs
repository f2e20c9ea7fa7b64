using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

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

    /// <summary>What is written here, or null when the actor may not see it.</summary>
    Task<DossierView?> Read([Immutable] Actor actor);
}

/// <summary>A dossier with the wish it belongs to.</summary>
public sealed record DossierView(Wish Wish, long Version, Dossier Dossier)
{
    /// <summary>The application as it counts now.</summary>
    public Application? Application => Dossier.Find(Wish.DraftVersion)?.Content as Application;

    /// <summary>What the reviewer wrote last.</summary>
    public Review? Review => Wish.ReviewVersion is { } version ? Dossier.Find(version)?.Content as Review : null;

    /// <summary>Why it was rejected, in words.</summary>
    public string? Explanation =>
        Wish.RejectionVersion is { } version ? (Dossier.Find(version)?.Content as Note)?.Text : null;
}
