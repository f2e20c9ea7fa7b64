using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Commits;
using DreamPlatform.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Grains.Owners;

/// <summary>Makes the pump of a grain.</summary>
internal sealed class Pumps(CommitLog log, JournalReader reader, ILogger<Pump> logger)
{
    public Pump For(StreamKind kind, Grain grain) =>
        new(new StreamId(kind, grain.GetPrimaryKey()), log, reader, logger, grain.GrainContext.Deactivate);
}

internal static class Deactivation
{
    /// <summary>After an unknown or failed write the next call starts from what is stored.</summary>
    public static void Deactivate(this IGrainContext context) =>
        context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "A write failed."));
}
