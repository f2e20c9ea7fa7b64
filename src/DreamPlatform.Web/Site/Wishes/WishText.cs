namespace DreamPlatform.Web.Site.Wishes;

/// <summary>The words of wishes: states, categories, regions, what happened.</summary>
public sealed class WishText;
