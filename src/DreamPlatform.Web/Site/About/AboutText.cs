namespace DreamPlatform.Web.Site.About;

/// <summary>The words of the pages about the platform.</summary>
public sealed class AboutText;
