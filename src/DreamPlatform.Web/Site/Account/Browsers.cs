namespace DreamPlatform.Web.Site.Account;

/// <summary>What people call the browser that a session was begun with, by the names programs give of themselves.</summary>
internal static class Browsers
{
    /// <summary>The more special first: each of these says that it is the next as well.</summary>
    private static readonly (string Sign, string Name)[] Programs =
    [
        ("MicroMessenger/", "wechat"), ("HuaweiBrowser/", "Huawei Browser"), ("MiuiBrowser/", "MIUI Browser"),
        ("QQBrowser/", "QQ Browser"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("iPhone", "iPhone"), ("iPad", "iPad"),
        ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    /// <summary>Each is null where it is not known.</summary>
    public static (string? Program, string? System) Of(string? userAgent) =>
        (Named(Programs, userAgent ?? ""), Named(Systems, userAgent ?? ""));

    private static string? Named((string Sign, string Name)[] all, string text) =>
        all.FirstOrDefault(it => text.Contains(it.Sign, StringComparison.Ordinal)).Name;
}
