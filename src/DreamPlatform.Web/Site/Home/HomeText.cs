namespace DreamPlatform.Web.Site.Home;

/// <summary>The words of the start page.</summary>
public sealed class HomeText;
