using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Accounts.Helping;

namespace DreamPlatform.Web.Site.Applying;

/// <summary>
/// For whom the visitor does something: for themselves, or for an applicant whom they help. It says to the handlers of
/// a page what the Acting-For header says to those of a request.
/// </summary>
internal sealed class OnBehalf(Visitor me, WishQueries wishes)
{
    /// <summary>The applicant whom the visitor acts for; null when they act for themselves.</summary>
    public AccountId? Applicant => me.Caller?.Actor.ActingFor;

    /// <summary>From here on the visitor acts for somebody; false if that person has not agreed to it.</summary>
    public bool Of(AccountId applicant)
    {
        var (caller, problem) = ActingFor.As(me.Caller!, applicant);
        if (problem is null) me.Http.Features.Set(caller);
        return problem is null;
    }

    /// <summary>A wish whose applicant the visitor is or acts for from here on; null if it is neither's.</summary>
    public async Task<WishRow?> OfWishAsync(Guid id) =>
        await wishes.Find(id) is { } row && Of(row.Wish.Applicant) ? row : null;
}
