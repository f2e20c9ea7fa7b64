namespace DreamPlatform.Web.Site.Account.Helping;

/// <summary>The words about helpers.</summary>
public sealed class HelperText;
