using System.Globalization;
using DreamPlatform.Web.Operating;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Messages.Texts;

/// <summary>Amounts as people read them.</summary>
internal sealed class Currencies
{
    private readonly string sign;
    private readonly byte digits;

    public Currencies(IOptions<MoneySettings> money)
    {
        var currency = money.Value.Currency;
        sign = currency == "CNY" ? "¥" : $"{currency}\u00a0";
        digits = (byte)(CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .FirstOrDefault(culture => new RegionInfo(culture.Name).ISOCurrencySymbol == currency)
            ?.NumberFormat.CurrencyDecimalDigits ?? 2);
    }

    /// <summary>With every minor unit: money is never shown rounded.</summary>
    public string Format(long minor, CultureInfo culture)
    {
        var number = new decimal(
            unchecked((int)minor), unchecked((int)(minor >> 32)), 0, isNegative: false, scale: digits);
        return sign + number.ToString($"N{digits}", culture);
    }
}
