using DreamPlatform.Web.Pledges;

namespace DreamPlatform.Web.Site.Giving;

/// <summary>What can be read off pledges together.</summary>
/// <param name="ArrivedMinor">Turned into things that were delivered.</param>
/// <param name="OrderedMinor">Held for what is ordered.</param>
/// <param name="WaitingMinor">With wishes that still collect, or in the pools of projects.</param>
internal sealed record GiftFigures(long ArrivedMinor, long OrderedMinor, long WaitingMinor)
{
    public static GiftFigures Of(IReadOnlyCollection<PledgeView> pledges)
    {
        var items = pledges.SelectMany(pledge => pledge.Where!.Items).ToArray();
        return new GiftFigures(
            items.Sum(item => item.PaidMinor), items.Sum(item => item.OrderedMinor),
            items.Sum(item => item.WaitingMinor + item.LeftOverMinor)
            + pledges.Where(pledge => pledge.Where!.Place == "project").Sum(pledge => pledge.AmountMinor));
    }

    /// <summary>Whether some of it has gone on to whoever delivers.</summary>
    public static bool IsSpent(WhereView where) => where.Items.Any(item => item.OrderedMinor + item.PaidMinor > 0);

    /// <summary>The state of a pledge, to be said in words.</summary>
    public static string StateOf(PledgeView pledge) => (pledge.Status, pledge.Where!) switch
    {
        ("Paid", { Place: "project" }) => "pool",
        ("Paid", { Items: [_, ..] items }) when items.All(item => item.LeftOverMinor == item.AmountMinor) => "pool",
        ("Paid", { Items: [_, ..] items }) when items.All(item => item.WaitingMinor + item.OrderedMinor == 0) =>
            "arrived",
        ("Paid", var where) when IsSpent(where) => "under-way",
        var (status, _) => status,
    };

    /// <summary>Where its money is by now.</summary>
    public static string PlaceOf(PledgeView pledge, string state) => state switch
    {
        "arrived" => "shop",
        "under-way" => "under-way",
        "pool" => "project",
        _ => pledge.Where!.Place,
    };

    /// <summary>Where its lantern is: dark until it is paid, risen once all of it has become something.</summary>
    public static string StageOf(string state) => state switch
    {
        "Paid" or "Moved" or "pool" => "filling",
        "under-way" => "full",
        "arrived" => "risen",
        _ => "dark",
    };
}
