namespace DreamPlatform.Web.Site.Account;

/// <summary>The words of registering, confirming an address and choosing a password.</summary>
public sealed class JoinText;
