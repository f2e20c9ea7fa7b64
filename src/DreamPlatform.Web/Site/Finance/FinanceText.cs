namespace DreamPlatform.Web.Site.Finance;

/// <summary>The words of ordering and delivering.</summary>
public sealed class FinanceText;
