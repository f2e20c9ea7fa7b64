namespace DreamPlatform.Web.Site.Components;

/// <summary>Words that more than one folder of pages needs.</summary>
public sealed class SharedText;
