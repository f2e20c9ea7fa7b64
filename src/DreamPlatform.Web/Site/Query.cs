namespace DreamPlatform.Web.Site;

/// <summary>
/// Reads what an address says behind its question mark. Pages take it as text: the framework fails on what it cannot
/// read, but an address that was typed or cut off still leads to its page.
/// </summary>
internal static class Query
{
    public static bool IsOn(string? text) => text == "true";

    /// <summary>Null where there is none, or a broken one.</summary>
    public static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;
}
