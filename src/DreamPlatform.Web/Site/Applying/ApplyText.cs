namespace DreamPlatform.Web.Site.Applying;

/// <summary>The questions of an application, and what is said around them.</summary>
public sealed class ApplyText;
