namespace DreamPlatform.Web.Site.Wishes;

/// <summary>How the picture of a wish follows from its figures.</summary>
internal static class WishFigures
{
    /// <summary>How far the lantern is lit; a cancelled wish has no light.</summary>
    public static double ShareOf(string status, long paidMinor, long goalMinor) =>
        status == "Cancelled" || goalMinor == 0 ? 0 : (double)paidMinor / goalMinor;

    /// <summary>The name of the words for its state; one that waits for money no more is closed.</summary>
    public static string StateOf(string status, bool isCollecting) =>
        status == "Funding" && !isCollecting ? "status.closed" : $"status.{status}";

    /// <summary>Where the lantern is: on the ground, rising, or above its sky once everything has arrived.</summary>
    public static string StageOf(string status) => status switch
    {
        "Funded" or "Fulfilling" => "full",
        "Delivered" or "Fulfilled" => "risen",
        "Funding" => "filling",
        _ => "dark",
    };
}
