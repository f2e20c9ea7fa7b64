namespace DreamPlatform.Web.Site.Wishes;

/// <summary>How the picture of a wish follows from its figures.</summary>
internal static class WishFigures
{
    /// <summary>How far the lantern is lit.</summary>
    public static double ShareOf(long paidMinor, long goalMinor) => goalMinor == 0 ? 0 : (double)paidMinor / goalMinor;

    /// <summary>Where the lantern is: on the ground, rising, or above its sky once everything has arrived.</summary>
    public static string StageOf(string status) => status switch
    {
        "Funded" or "Fulfilling" => "full",
        "Delivered" or "Fulfilled" => "risen",
        "Funding" => "filling",
        _ => "dark",
    };
}
