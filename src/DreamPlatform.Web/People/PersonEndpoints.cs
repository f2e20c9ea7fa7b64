using System.Net.Mime;
using System.Text.Json;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Files;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.People;

/// <param name="Confirm">Must be true: what is erased cannot be brought back.</param>
public sealed record EraseBody(bool Confirm);

/// <param name="Done">Whether all is gone now; what is not is being removed, and needs no further request.</param>
public sealed record ErasureAnswer(bool Done, IReadOnlyList<KeptRecord> Kept);

/// <summary>Something that is kept although a person is erased.</summary>
/// <param name="What">What it is, and that it names nobody.</param>
/// <param name="Why">The duty to keep it.</param>
public sealed record KeptRecord(string What, string Why);

/// <summary>All that is held about a person, for them to see and to have erased.</summary>
internal static class PersonEndpoints
{
    /// <summary>
    /// What is kept. Vouchers and books of account: 30 years by the Measures for the Administration of Accounting Archives
    /// (Ministry of Finance and National Archives Administration of China, Order 79, 2015), annex 1.
    /// </summary>
    private static readonly KeptRecord[] Kept =
    [
        new("The journal and the ledger: ids, codes, amounts and times of your wishes, pledges and payments. Your id is in "
            + "them; nothing says any more whose it was.", "Books of account."),
        new("Receipts of the foundation: who was paid for an item, and what proves that it was delivered.",
            "Vouchers of account."),
    ];

    public static void MapPersonEndpoints(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/me").WithTags("Me");
        me.MapGet("data", Data).Reads<JsonElement>("getMyData")
            .Produces<byte[]>(StatusCodes.Status200OK, MediaTypeNames.Application.Zip).NeedsFreshSignIn();
        me.MapPost("erase", Erase).RequireAuthorization().WithName("eraseMe").Produces<ErasureAnswer>()
            .WithProblems((409, "last-operator")).NeedsFreshSignIn();
    }

    /// <summary>All that is held about me, with who looked at it; as an archive with my files when format is zip.</summary>
    internal static async Task<IResult> Data(
        Caller caller, IEnumerable<IPersonalData> places, FileCabinet cabinet, IOptions<JsonOptions> json,
        TimeProvider time, ILogger<Erasure> logger, string? format)
    {
        if (new Check().That(format is null or "json" or "zip", "format", "Must be json or zip.").Problem is { } problem)
            return problem;
        var all = new Dictionary<string, object?> { ["madeAt"] = time.GetUtcNow() };
        var person = caller.Actor with { ActingFor = null };
        foreach (var place in places)
            all[place.Name] = await logger.OrUnreadable(place.Name, () => place.Show(person));
        all["withheld"] = new[] { "What a reviewer found about a wish, which serves the decision: ask the foundation." };
        all["kept"] = Kept;
        return format == "zip" ? new DataArchive(all, cabinet, json.Value.SerializerOptions) : TypedResults.Ok(all);
    }

    /// <summary>Erases me: my account, what I wrote, my files, and the key that would open copies of them.</summary>
    internal static async Task<IResult> Erase(EraseBody body, Caller caller, RoleBook roles, Erasure erasure)
    {
        if (new Check().That(body.Confirm, "confirm", "Must be true.").Problem is { } problem) return problem;
        // Taken in one statement, so that of two operators who go at once one stays.
        if (!await roles.TakeAsync(caller.Id, new RoleAssignment(Role.Operator, null)))
            return Problems.Of(409, "last-operator", "You are the last operator. Give somebody else the role first.");
        return TypedResults.Ok(new ErasureAnswer(await erasure.Erase(caller.Id), Kept));
    }
}
