using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.People;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Messages.Texts;

namespace DreamPlatform.Web.Messages;

/// <summary>Who I am; kept private, and shown to nobody else.</summary>
/// <param name="Language">zh-CN or en.</param>
public sealed record ProfileBody(string? Name = null, string? Phone = null, string? Language = null)
{
    private const int MaxName = 100, MaxPhone = 40;

    internal Check Check() =>
        new Check().Text("name", Name, MaxName).Text("phone", Phone, MaxPhone).Language(Language);
}

/// <summary>A person's own profile.</summary>
internal static class ProfileEndpoints
{
    public static void MapProfileEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/me/profile").WithTags("Me").RequireAuthorization();
        group.MapGet("", Get).WithName("getMyProfile").Produces<ProfileBody>();
        group.MapPut("", Put).WithName("putMyProfile").Produces<ProfileBody>().WithProblems((503, "busy"));
    }

    internal static IResult NotKept => Problems.Of(
        StatusCodes.Status503ServiceUnavailable, "busy", "Nothing was done. Send the same request again in a moment.");

    /// <summary>What I have told of myself.</summary>
    internal static async Task<IResult> Get(Caller caller, IGrainFactory grains) =>
        TypedResults.Ok(View(await grains.GetProfile(caller.Id).Get()));

    /// <summary>Tells of myself; what is left out is taken back.</summary>
    internal static async Task<IResult> Put(ProfileBody body, Caller caller, IGrainFactory grains)
    {
        if (body.Check().Problem is { } problem) return problem;
        var profile = grains.GetProfile(caller.Id);
        var language = body.Language is null ? null : Names.Parse<Language>(body.Language);
        return await profile.Describe(body.Name, body.Phone, language)
            ? TypedResults.Ok(View(await profile.Get()))
            : NotKept;
    }

    /// <summary>Keeps the language in which somebody registered, unless they have chosen one since.</summary>
    internal static async Task KeepLanguageAsync(IGrainFactory grains, AccountId person, string? tag)
    {
        var profile = grains.GetProfile(person);
        var kept = await profile.Get();
        if (kept.Language is null && tag is not null && Names.Parse<Language>(tag) is { } language)
            await profile.Describe(kept.Name, kept.Phone, language);
    }

    internal static Check Language(this Check check, string? tag) => check.That(
        tag is null || Names.Parse<Language>(tag) is not null, "language",
        $"Must be one of {string.Join(", ", Names.All<Language>().Order(StringComparer.Ordinal))}.");

    private static ProfileBody View(Profile profile) => new(
        profile.Name, profile.Phone, profile.Language is { } language ? Languages.TagOf(language) : null);
}
