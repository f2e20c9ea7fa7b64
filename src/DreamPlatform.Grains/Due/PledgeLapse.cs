using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Grains.Due;

/// <summary>
/// Has unpaid pledges lapse, under a command id that follows from the row. The row goes with the pledge's state.
/// </summary>
internal sealed class PledgeLapse(DueRows rows, IGrainFactory grains) : IDueHandler
{
    public DueKind Kind => DueKind.PledgeLapse;

    public async Task<string?> Carry(Domain.Shared.Due due)
    {
        var pledge = new PledgeId(due.Subject);
        var name = $"due/{(short)due.Kind}/{pledge.Stream}/{due.At.ToUnixTimeMilliseconds()}";
        var envelope = new Envelope(
            new CommandId(Derived.TimeOrderedId(due.At, due.Subject, Derived.Id(name))), Actor.Platform,
            new Fingerprint(Derived.Id(name)), new LapsePledge(pledge));
        var outcome = await grains.GetOwner(due.Owner).Execute(envelope);
        // The owner says that there is nothing to do; whatever else refuses may pass.
        if (outcome is CommandRefused { Rejection: PledgeNotReserved or NotFound }) await rows.Remove(due);
        return outcome is CommandAccepted or CommandRefused ? null : outcome.GetType().Name;
    }
}
