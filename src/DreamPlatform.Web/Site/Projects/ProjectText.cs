namespace DreamPlatform.Web.Site.Projects;

/// <summary>The words of projects: rules, balance, account.</summary>
public sealed class ProjectText;
