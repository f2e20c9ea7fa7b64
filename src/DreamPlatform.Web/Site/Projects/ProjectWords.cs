using DreamPlatform.Web.Projects;
using DreamPlatform.Web.Site.Texts;
using Microsoft.Extensions.Localization;

namespace DreamPlatform.Web.Site.Projects;

/// <summary>Sentences that several pages say of a project.</summary>
internal static class ProjectWords
{
    /// <summary>Its state, and until when that lasts where it has an end.</summary>
    public static string Standing(this IStringLocalizer<ProjectText> texts, ProjectView project, Formats format)
    {
        var status = texts[$"status.{project.Status}"];
        return project.Status == "Closed" ? status : status + texts["comma"] + texts["until", format.Day(project.EndsOn)];
    }
}
