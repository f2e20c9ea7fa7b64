using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Messages;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts.Helping;

/// <summary>What became of accepting an offer.</summary>
internal enum Acceptance
{
    Accepted,

    /// <summary>There is no such offer, or no more.</summary>
    Unknown,

    /// <summary>It is one's own.</summary>
    Own,

    /// <summary>One helps as many as anybody may.</summary>
    TooMany,

    /// <summary>One is a sponsor, who may not know who applies.</summary>
    Sponsor,
}

/// <summary>Somebody at the other side of a help.</summary>
internal sealed record HelpWith(Guid Id, Guid AccountId, string Email, DateTimeOffset Since);

/// <summary>An offer that nobody has accepted yet.</summary>
internal sealed record OpenOffer(Guid Id, DateTimeOffset ExpiresAt);

/// <summary>Who helps whom: the applicant offers it, the helper accepts, and either ends it.</summary>
internal sealed class Helpers(AccountsDb db, Letters letters, Callers callers, SecurityLog security, TimeProvider time)
{
    /// <summary>The most helpers of an applicant, open offers included, and the most applicants of a helper.</summary>
    public const int MaxHelpers = 5, MaxApplicants = 50;

    public static readonly TimeSpan OfferFor = TimeSpan.FromHours(24);

    /// <returns>Null if the applicant has as many helpers and offers as anybody may.</returns>
    public async Task<(Help Offer, OneTimeToken Token)?> OfferAsync(AccountId applicant)
    {
        var (now, token) = (time.GetUtcNow(), OneTimeToken.New());
        await using var transaction = await db.BeginAsync();
        if (await Current(now).CountAsync(it => it.ApplicantId == applicant.Value) >= MaxHelpers) return null;
        var offer = new Help
        {
            Id = Guid.CreateVersion7(now),
            ApplicantId = applicant.Value,
            TokenHash = token.Hash,
            Stamp = await db.Users.Where(it => it.Id == applicant.Value).Select(it => it.SecurityStamp).SingleAsync(),
            CreatedAt = now,
            ExpiresAt = now + OfferFor,
        };
        db.Helps.Add(offer);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return (offer, token);
    }

    /// <summary>Whether somebody may still accept the offer.</summary>
    public Task<bool> IsOpenAsync(string token)
    {
        var (now, hash) = (time.GetUtcNow(), OneTimeToken.HashOf(token));
        return Current(now).AnyAsync(it => it.TokenHash == hash);
    }

    public async Task<(Acceptance Outcome, Help? Help)> AcceptAsync(string token, Caller helper)
    {
        var (now, hash) = (time.GetUtcNow(), OneTimeToken.HashOf(token));
        if (helper.Actor.Roles.Any(held => held.Role == Role.Sponsor)) return (Acceptance.Sponsor, null);
        await using var transaction = await db.BeginAsync();
        var offer = await Current(now).SingleOrDefaultAsync(it => it.TokenHash == hash);
        if (offer is null) return (Acceptance.Unknown, null);
        if (offer.ApplicantId == helper.Id.Value) return (Acceptance.Own, null);
        var helped = await db.Helps.Where(it => it.HelperId == helper.Id.Value).ToListAsync();
        var already = helped.SingleOrDefault(it => it.ApplicantId == offer.ApplicantId);
        if (already is null && helped.Count >= MaxApplicants) return (Acceptance.TooMany, null);
        if (already is not null) db.Helps.Remove(offer);
        else await BeginAsync(offer, helper, now);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        callers.Forget(helper.Id);
        security.Done("help-accepted", offer.ApplicantId, $"help {(already ?? offer).Id}");
        return (Acceptance.Accepted, already ?? offer);
    }

    public Task<List<HelpWith>> HelpersOf(AccountId applicant) => (
        from help in db.Helps
        join helper in db.Users on help.HelperId equals helper.Id
        where help.ApplicantId == applicant.Value
        orderby help.AcceptedAt
        select new HelpWith(help.Id, helper.Id, helper.Email!, help.AcceptedAt!.Value)).ToListAsync();

    public Task<List<HelpWith>> ApplicantsOf(AccountId helper) => (
        from help in db.Helps
        join applicant in db.Users on help.ApplicantId equals applicant.Id
        where help.HelperId == helper.Value
        orderby help.AcceptedAt
        select new HelpWith(help.Id, applicant.Id, applicant.Email!, help.AcceptedAt!.Value)).ToListAsync();

    public Task<List<OpenOffer>> OffersOf(AccountId applicant) => Current(time.GetUtcNow())
        .Where(it => it.ApplicantId == applicant.Value && it.HelperId == null).OrderBy(it => it.ExpiresAt)
        .Select(it => new OpenOffer(it.Id, it.ExpiresAt!.Value)).ToListAsync();

    /// <summary>Ends a help or takes an offer back; at once here, within five seconds everywhere.</summary>
    /// <returns>False if it is neither the applicant's nor the helper's.</returns>
    public async Task<bool> EndAsync(Guid id, AccountId by)
    {
        var help = await db.Helps.SingleOrDefaultAsync(
            it => it.Id == id && (it.ApplicantId == by.Value || it.HelperId == by.Value));
        if (help is null) return false;
        await db.Helps.Where(it => it.Id == id).ExecuteDeleteAsync();
        if (help.HelperId is { } helper) callers.Forget(new AccountId(helper));
        security.Done("help-ended", help.ApplicantId, $"help {id}");
        return true;
    }

    private IQueryable<Help> Current(DateTimeOffset now) => db.Helps.Where(it => it.HelperId != null
        || (it.ExpiresAt > now && db.Users.Any(holder =>
            holder.Id == it.ApplicantId && holder.SecurityStamp == it.Stamp)));

    private async Task BeginAsync(Help offer, Caller helper, DateTimeOffset now)
    {
        (offer.HelperId, offer.AcceptedAt) = (helper.Id.Value, now);
        (offer.TokenHash, offer.Stamp, offer.ExpiresAt) = (null, null, null);
        var address = await db.Users.Where(it => it.Id == offer.ApplicantId).Select(it => it.Email!).SingleAsync();
        letters.Add(offer.ApplicantId, address, Topics.HelperAccepted, ("helper", helper.Email));
    }
}
