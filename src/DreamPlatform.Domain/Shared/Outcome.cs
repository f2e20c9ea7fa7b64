namespace DreamPlatform.Domain.Shared;

/// <summary>What became of a command.</summary>
public abstract record Outcome;

/// <summary>Done, now or before.</summary>
/// <param name="State">The stream the command was about, as the command left it.</param>
/// <param name="Version">That stream's version then.</param>
/// <param name="IsRepeat">Whether the same command was accepted earlier; nothing new happened.</param>
[StoredAs("accepted")]
public sealed record CommandAccepted(StreamState State, long Version, bool IsRepeat) : Outcome;

/// <summary>Refused by a rule; nothing happened.</summary>
[StoredAs("refused")]
public sealed record CommandRefused(Rejection Rejection) : Outcome;

/// <summary>Known not done: the platform has too much to do or cannot reach its database.</summary>
[StoredAs("busy")]
public sealed record CommandBusy : Outcome;

/// <summary>Not known whether done; the same command id finds out.</summary>
[StoredAs("outcome-unknown")]
public sealed record CommandOutcomeUnknown : Outcome;

/// <summary>Known not done: something that is stored about this, or that it rests on, cannot be read.</summary>
[StoredAs("unreadable")]
public sealed record CommandUnreadable : Outcome;

/// <summary>Known not done, because of a bug or a broken database; it was logged.</summary>
[StoredAs("failed")]
public sealed record CommandFailed : Outcome;
