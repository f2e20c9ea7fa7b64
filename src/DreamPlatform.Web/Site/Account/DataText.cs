namespace DreamPlatform.Web.Site.Account;

/// <summary>The words about what is held of somebody, who looked at it, and erasing it.</summary>
public sealed class DataText;
