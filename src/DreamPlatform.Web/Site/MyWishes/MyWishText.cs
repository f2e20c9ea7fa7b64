namespace DreamPlatform.Web.Site.MyWishes;

/// <summary>What becomes of one's own wishes, and what one is asked for.</summary>
public sealed class MyWishText;
