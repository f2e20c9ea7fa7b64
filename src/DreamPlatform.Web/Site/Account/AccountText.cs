namespace DreamPlatform.Web.Site.Account;

/// <summary>The words of the pages about one's own account.</summary>
public sealed class AccountText;
