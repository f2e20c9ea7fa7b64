using DreamPlatform.Domain.Projects;

namespace DreamPlatform.Web.Site.Applying;

/// <summary>One question of an application: a page of its own.</summary>
/// <param name="Name">The last part of its address.</param>
/// <param name="Fields">What it asks for, as the API names it.</param>
public sealed record ApplyStep(string Name, params IReadOnlyList<string> Fields)
{
    public static readonly ApplyStep Project = new("project");
    public static readonly ApplyStep Need = new("need", "title");
    public static readonly ApplyStep Story = new("story", "story");
    public static readonly ApplyStep Category = new("category", "category");
    public static readonly ApplyStep Region = new("region", "region");
    public static readonly ApplyStep Items = new("items", "items");
    public static readonly ApplyStep Person = new("person", "applicant.name", "applicant.phone");
    public static readonly ApplyStep Photo = new("photo");

    private static readonly IReadOnlyList<ApplyStep> All =
        [Project, Need, Story, Category, Region, Items, Person, Photo];

    /// <summary>Where one can mend what a draft is refused for.</summary>
    private static readonly Dictionary<string, ApplyStep> Mends = new(StringComparer.Ordinal)
    {
        ["project-not-open"] = Project,
        ["outside-project-period"] = Project,
        ["category-not-eligible"] = Category,
        ["region-not-eligible"] = Region,
        ["amount-exceeds-cap"] = Items,
    };

    /// <summary>The steps that a project leaves open: what it takes only one of is not asked.</summary>
    public static IReadOnlyList<ApplyStep> For(ProjectRules rules) =>
    [
        .. All.Where(step => !(step == Category && rules.Categories.Count == 1)
            && !(step == Region && rules.Regions.Count == 1)),
    ];

    /// <summary>The step in which a refusal can be mended; null if there is none.</summary>
    public static ApplyStep? ThatMends(string code) => Mends.GetValueOrDefault(code);
}
