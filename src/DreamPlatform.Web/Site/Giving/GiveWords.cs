using Microsoft.Extensions.Localization;

namespace DreamPlatform.Web.Site.Giving;

/// <summary>Sentences that several pages of giving say.</summary>
internal static class GiveWords
{
    /// <summary>What an amount would pay for.</summary>
    public static string Buys(IStringLocalizer<GivingText> texts, GiveTarget target, GiveChoice choice)
    {
        if (choice.Item is { } item)
            return texts[item.Quantity > 1 ? "buys.piece" : "buys.item", item.Name ?? texts["item"]];
        return texts[
            !target.IsWish ? "buys.pool" : choice.AmountMinor == target.RemainingMinor ? "buys.rest" : "buys.part"];
    }
}
