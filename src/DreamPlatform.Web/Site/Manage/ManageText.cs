namespace DreamPlatform.Web.Site.Manage;

/// <summary>The words of a foundation's projects.</summary>
public sealed class ManageText;
