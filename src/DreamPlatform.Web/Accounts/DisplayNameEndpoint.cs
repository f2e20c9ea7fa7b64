using DreamPlatform.Domain.Donors;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Accounts;

/// <param name="DisplayName">Shown beside pledges that are not anonymous; null shows none.</param>
public sealed record DisplayNameBody(string? DisplayName);

public sealed record DisplayNameAnswer(Guid Id, bool ShowsName);

/// <summary>The name a donor shows to everybody.</summary>
internal static class DisplayNameEndpoint
{
    private const int MaxName = 60;

    public static void MapDisplayNameEndpoint(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/me/display-name", Put).WithTags("Me").Commands<DisplayNameAnswer>("putDisplayName");

    /// <summary>Shows a name beside my pledges that are not anonymous, or none.</summary>
    internal static Task<IResult> Put(DisplayNameBody body, CommandRequest request, IGrainFactory grains) =>
        new Check().Text("displayName", body.DisplayName, MaxName).Problem is { } problem
            ? Task.FromResult<IResult>(problem)
            : grains.GetGrain<IDonorGrain>(request.Actor.Id.Value)
                .Execute(request.Envelope(new ShowDonorName(body.DisplayName), body))
                .Answer<Donor>((donor, done) =>
                    Answers.Tagged(new DisplayNameAnswer(donor.Id.Value, donor.ShowsName), done.Version));
}
