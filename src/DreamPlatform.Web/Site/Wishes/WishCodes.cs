namespace DreamPlatform.Web.Site.Wishes;

/// <summary>The codes that people are offered to choose from; the platform takes any that a project does.</summary>
internal static class WishCodes
{
    public static readonly IReadOnlyList<string> Categories =
        ["housing", "household", "clothing", "food", "health", "education", "transport", "work", "other"];

    public static readonly IReadOnlyList<string> Regions =
    [
        "beijing", "tianjin", "hebei", "shanxi", "inner-mongolia", "liaoning", "jilin", "heilongjiang", "shanghai",
        "jiangsu", "zhejiang", "anhui", "fujian", "jiangxi", "shandong", "henan", "hubei", "hunan", "guangdong",
        "guangxi", "hainan", "chongqing", "sichuan", "guizhou", "yunnan", "tibet", "shaanxi", "gansu", "qinghai",
        "ningxia", "xinjiang", "hong-kong", "macau", "taiwan",
    ];

    /// <summary>The states a wish can have on the wall.</summary>
    public static readonly IReadOnlyList<string> Published =
        ["Funding", "Funded", "Fulfilling", "Delivered", "Fulfilled", "Cancelled"];

    /// <summary>The orders of the wall.</summary>
    public static readonly IReadOnlyList<string> Sorts = ["newest", "closing", "progress"];
}
