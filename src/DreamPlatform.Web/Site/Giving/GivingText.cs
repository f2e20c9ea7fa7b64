namespace DreamPlatform.Web.Site.Giving;

/// <summary>The words of giving: pledging, paying, where the money is.</summary>
public sealed class GivingText;
