using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Payments;
using DreamPlatform.Web.Pledges;

namespace DreamPlatform.Web.People;

/// <summary>What somebody gave, what they wrote beside it, and the name they show.</summary>
internal sealed class PledgeData(
    PledgeQueries pledges, TextQueries texts, IGrainFactory grains, JournalOptions journal, PaymentGateways gateways)
    : IPersonalData
{
    public string Name => "giving";

    public async Task<object?> Show(Actor person)
    {
        var all = new List<object>();
        await foreach (var pledge in Pages.Of(after => pledges.OfDonor(person.Id, after, Pages.Size), it => it.Id.Value))
            all.Add(new { Pledge = PledgeView.Of(pledge, journal.Currency, gateways), Message = await Text(pledge.Id.Value, TextField.Message) });
        return new { DisplayName = await Text(person.Id.Value, TextField.DisplayName), Pledges = all };
    }

    public async Task Forget(Actor person)
    {
        await foreach (var pledge in Pages.Of(after => pledges.OfDonor(person.Id, after, Pages.Size), it => it.Id.Value))
        {
            var owner = grains.GetOwner(pledge.Target);
            if (pledge.Status == PledgeStatus.Reserved) await owner.Done(person, new CancelPledge(pledge.Id), pledge.Id.Value);
            if (await Text(pledge.Id.Value, TextField.Message) is not null)
                await owner.Done(person, new WithdrawMessage(pledge.Id), pledge.Id.Value);
        }

        if (await Text(person.Id.Value, TextField.DisplayName) is not null)
            await grains.GetGrain<IDonorGrain>(person.Id.Value).Done(person, new ShowDonorName(null), person.Id.Value);
    }

    private async Task<string?> Text(Guid subject, TextField field) =>
        (await texts.Of(subject)).GetValueOrDefault((subject, field));
}
