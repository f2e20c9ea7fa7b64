using System.Diagnostics.CodeAnalysis;
using DreamPlatform.Domain.Ledger;

namespace DreamPlatform.Domain.Shared;

/// <summary>What a rule says to a command.</summary>
public abstract record Decision
{
    [return: NotNullIfNotNull(nameof(rejection))]
    public static implicit operator Decision?(Rejection? rejection) =>
        rejection is null ? null : new Refused(rejection);
}

/// <summary>The command is refused; nothing changes.</summary>
public sealed record Refused(Rejection Rejection) : Decision;

/// <summary>
/// The command is accepted. Everything in here becomes true at once or not at all. The stream of the first event is
/// the one the answer speaks of.
/// </summary>
public sealed record Accepted(params IReadOnlyList<Appended> Events) : Decision
{
    public IReadOnlyList<Transfer> Transfers { get; init; } = [];

    public IReadOnlyList<AccountOpening> Openings { get; init; } = [];

    public IReadOnlyList<PublishedText> Texts { get; init; } = [];
}

/// <summary>An event and the stream it goes to.</summary>
public sealed record Appended(StreamId Stream, Event Event);

/// <summary>
/// A text that everybody may read, kept beside the journal so that it can be changed and erased. The journal has
/// its hash only.
/// </summary>
/// <param name="Subject">The wish, item, pledge, project or donor it belongs to.</param>
/// <param name="Text">Null takes the text back.</param>
public sealed record PublishedText(Guid Subject, TextField Field, string? Text);

/// <summary>Which text of its subject it is. The numbers are stored; never renumber.</summary>
public enum TextField : short
{
    Title = 1,
    Story = 2,
    ItemName = 3,
    Message = 4,
    DisplayName = 5,
    SponsorName = 6,
}
