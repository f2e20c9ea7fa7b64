namespace DreamPlatform.Web.Site.Reviews;

/// <summary>The words of the review desk.</summary>
public sealed class ReviewText;
