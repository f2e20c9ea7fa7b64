namespace DreamPlatform.Web.Site.People;

/// <summary>The words about inviting people to work for a foundation.</summary>
public sealed class PeopleText;
