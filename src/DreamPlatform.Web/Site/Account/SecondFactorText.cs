namespace DreamPlatform.Web.Site.Account;

/// <summary>The words of the pages about the second factor.</summary>
public sealed class SecondFactorText;
