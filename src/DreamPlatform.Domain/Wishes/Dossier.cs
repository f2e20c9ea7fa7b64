using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Wishes;

/// <summary>
/// The private part of a wish: everything that was written about it and is not public. Versions are never changed;
/// events of the journal refer to them by number.
/// </summary>
[StoredAs("dossier.v1")]
public sealed record Dossier : IPrivate
{
    /// <summary>The most entries a dossier keeps; more are refused.</summary>
    public const int MaxEntries = 300;

    /// <summary>How long an entry is kept that no event came to refer to.</summary>
    public static readonly TimeSpan UnreferredFor = TimeSpan.FromDays(1);

    public Guid Holder { get; init; }

    /// <summary>The highest version ever given out.</summary>
    public int LastVersion { get; init; }

    public ImmutableArray<DossierEntry> Entries { get; init; } = [];

    /// <summary>Every file that an entry refers to.</summary>
    [JsonIgnore]
    public IEnumerable<Guid> Files => Entries.SelectMany(entry => entry.Content.Files);

    public DossierEntry? Find(int version) => Entries.FirstOrDefault(entry => entry.Version == version);

    /// <summary>Adds an entry as a new version, and drops those that nothing can come to refer to any more.</summary>
    /// <param name="entry">Its version is set here.</param>
    /// <param name="keeps">Whether the wish still needs an older entry.</param>
    public Dossier Add(DossierEntry entry, Func<DossierEntry, bool> keeps) => this with
    {
        LastVersion = LastVersion + 1,
        Entries = [.. Entries.Where(keeps), entry with { Version = LastVersion + 1 }],
    };
}

/// <summary>One version: who wrote it by which command, and what.</summary>
public sealed record DossierEntry(
    int Version, CommandId Command, AccountId Author, DateTimeOffset At, DossierContent Content);

/// <summary>What somebody wrote.</summary>
public abstract record DossierContent
{
    /// <summary>The files it refers to.</summary>
    [JsonIgnore]
    public virtual IReadOnlyList<Guid> Files => [];

    /// <summary>What of a case it is, by which it is decided who may see its files.</summary>
    [JsonIgnore]
    public virtual PrivateField Field => PrivateField.Receipts;
}

/// <summary>The application as the applicant filled it in; all of it may still be missing.</summary>
[StoredAs("application.v1")]
public sealed record Application(
    ProjectId Project, string? Title, string? Story, string? Category, string? Region,
    IReadOnlyList<ApplicationItem> Items, ApplicantDetails? Applicant, Evidence? Evidence = null) : DossierContent
{
    [JsonIgnore]
    public override IReadOnlyList<Guid> Files => Evidence?.FileIds ?? [];

    [JsonIgnore]
    public override PrivateField Field => PrivateField.Application;

    /// <summary>An application in which everything is missing.</summary>
    public static readonly Application Empty = new(default, null, null, null, null, [], null);

    /// <summary>
    /// The command that submits this application, with the names of the fields that are still missing.
    /// </summary>
    public SubmitWish ToSubmit(int version) => new(
        version, [.. Missing()], Category ?? "", Region ?? "",
        [.. Items.Select(item => new WishItem(item.Id, item.Quantity, item.AmountMinor))]);

    /// <summary>What becomes public of it when the offer is accepted.</summary>
    public IReadOnlyList<PublishedText> ToPublish(WishId wish, PublicText? reviewed, bool publishStory) =>
    [
        new(wish.Value, TextField.Title, reviewed?.Title ?? Title),
        .. publishStory && reviewed is not null
            ? [new PublishedText(wish.Value, TextField.Story, reviewed.Story)]
            : Array.Empty<PublishedText>(),
        .. Items.Select(item => new PublishedText(item.Id.Value, TextField.ItemName, item.Name)),
    ];

    private IEnumerable<string> Missing()
    {
        if (string.IsNullOrWhiteSpace(Title)) yield return "title";
        if (string.IsNullOrWhiteSpace(Story)) yield return "story";
        if (string.IsNullOrWhiteSpace(Category)) yield return "category";
        if (string.IsNullOrWhiteSpace(Region)) yield return "region";
        if (Items.Count == 0) yield return "items";
        if (string.IsNullOrWhiteSpace(Applicant?.Name)) yield return "applicant.name";
        if (string.IsNullOrWhiteSpace(Applicant?.Phone)) yield return "applicant.phone";
    }
}

/// <summary>A budget line as the applicant wrote it.</summary>
public sealed record ApplicationItem(ItemId Id, string Name, int Quantity, long AmountMinor);

/// <summary>Who the applicant is and how to reach them.</summary>
public sealed record ApplicantDetails(string? Name, string? Phone, string? IdNumber, string? Address);

/// <summary>What a reviewer found.</summary>
[StoredAs("review.v1")]
public sealed record Review(string? Findings, IReadOnlyList<ReviewCheck>? Checks, PublicText? PublicText)
    : DossierContent
{
    [JsonIgnore]
    public override IReadOnlyList<Guid> Files =>
        [.. (Checks ?? []).SelectMany(check => check.Evidence.FileIds).Distinct()];

    [JsonIgnore]
    public override PrivateField Field => PrivateField.Findings;
}

/// <summary>A claim of the application that was checked.</summary>
/// <param name="Kind">What it is about, where it is one of the usual.</param>
/// <param name="Method">How it was checked, where that is one of the usual ways.</param>
public sealed record ReviewCheck(
    string Claim, string Result, Evidence Evidence, ClaimKind? Kind = null, CheckMethod? Method = null);

/// <summary>The title and story as the reviewer would publish them, without what gives the applicant away.</summary>
public sealed record PublicText(string Title, string Story);

/// <summary>A short text that belongs to one command: an explanation, a payee, a reference, a statement.</summary>
[StoredAs("note.v1")]
public sealed record Note(string Text, IReadOnlyList<Guid>? FileIds = null) : DossierContent
{
    [JsonIgnore]
    public override IReadOnlyList<Guid> Files => FileIds ?? [];
}

/// <summary>A command whose text went to the dossier first, and which refers to it there.</summary>
public interface IRefersToDossier
{
    /// <summary>The version of the dossier that holds the command's text; 0 while it is not kept.</summary>
    int DossierVersion { get; }

    /// <summary>The same command, referring to a version.</summary>
    Command At(int version);
}
