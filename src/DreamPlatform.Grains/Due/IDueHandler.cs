using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Grains.Due;

/// <summary>Sees to the due rows of one kind. Repeats and late wake-ups must be harmless.</summary>
public interface IDueHandler
{
    DueKind Kind { get; }

    /// <summary>Carries out one row, and removes it unless that happens by itself.</summary>
    /// <returns>Why it was not done and will be tried again when its claim ends; null when all is done.</returns>
    Task<string?> Carry(Domain.Shared.Due due);
}
