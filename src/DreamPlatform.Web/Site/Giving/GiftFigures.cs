using DreamPlatform.Domain.Pledges;
using DreamPlatform.Web.Pledges;
using DreamPlatform.Web.Site.Wishes;

namespace DreamPlatform.Web.Site.Giving;

/// <summary>What can be read off a pledge.</summary>
internal static class GiftFigures
{
    /// <summary>Whether some of it has gone on to whoever delivers.</summary>
    public static bool IsSpent(WhereView where) => where.Items.Any(item => item.OrderedMinor + item.PaidMinor > 0);

    /// <summary>The state of a pledge, to be said in words. "Paid" is one whose wish still collects.</summary>
    public static string StateOf(PledgeView pledge) => (pledge.Status, pledge.Where!) switch
    {
        ("Paid", { Place: "project" }) => "pool",
        ("Paid", { Items: [_, ..] items }) when items.All(item => item.LeftOverMinor == item.AmountMinor) => "pool",
        ("Paid", { Items: [_, ..] items }) when items.All(item => item.WaitingMinor + item.OrderedMinor == 0) =>
            "arrived",
        ("Paid", var where) when IsSpent(where) => "under-way",
        ("Paid", { Wish: { Status: "Funding", IsCollecting: false } }) => "closed",
        ("Paid", { Wish: { Status: not "Funding" } }) => "funded",
        var (status, _) => status,
    };

    /// <summary>What is said about a state; what becomes of money that falls short is what its donor chose.</summary>
    public static string WordsOf(PledgeView pledge, string state) =>
        state is not ("Paid" or "closed") ? $"state.{state}.text"
        : pledge.IfWishFails == IfWishFails.Move ? $"state.{state}.move"
        : $"state.{state}.refund";

    /// <summary>Where its money is by now.</summary>
    public static string PlaceOf(PledgeView pledge, string state) => state switch
    {
        "arrived" => "shop",
        "under-way" => "under-way",
        "pool" => "project",
        _ => pledge.Where!.Place,
    };

    /// <summary>How far its lantern is lit: once paid, as far as the wish is funded. A pool has no goal.</summary>
    public static double ShareOf(PledgeView pledge) => pledge.Where! switch
    {
        { Wish: { } wish } => WishFigures.ShareOf(wish.Status, wish.PaidMinor, wish.GoalMinor),
        { Place: "project" } => 1,
        _ => 0,
    };

    /// <summary>Where its lantern is: where that of the wish is, and dark until it is paid.</summary>
    public static string StageOf(PledgeView pledge) => pledge.Where! switch
    {
        { Wish: { } wish } => WishFigures.StageOf(wish.Status),
        { Place: "project" } => "filling",
        _ => "dark",
    };
}
