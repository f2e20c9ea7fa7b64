using System.ComponentModel.DataAnnotations;
using DreamPlatform.Web.Documentation;
using DreamPlatform.Web.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts;

/// <summary>The charities on the platform.</summary>
internal static class FoundationEndpoints
{
    public static void MapFoundationEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/foundations", Create).WithName("createFoundation").WithTags("Accounts")
            .RequireAuthorization(Policies.Operators).WithProblems((409, "registration-code-taken"));

    /// <summary>Enters a charity, so that roles can be given for it.</summary>
    internal static async Task<Results<Created<Foundation>, ProblemHttpResult>> Create(
        NewFoundation body, AccountsDb db, TimeProvider time)
    {
        var check = new Check().Text("name", body.Name, Foundation.MaxNameLength)
            .Text("registrationCode", body.RegistrationCode, Foundation.MaxRegistrationCodeLength);
        if (check.Problem is { } problem) return problem;
        var foundation = new Foundation
        {
            Id = Guid.CreateVersion7(),
            Name = body.Name.Trim(),
            RegistrationCode = body.RegistrationCode.Trim(),
            CreatedAt = time.GetUtcNow(),
        };
        // Not by catching what the unique index throws: that is logged as an error, and this is none.
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO foundations (Id, Name, RegistrationCode, CreatedAt)
            VALUES ({foundation.Id}, {foundation.Name}, {foundation.RegistrationCode}, {foundation.CreatedAt})
            ON CONFLICT DO NOTHING
            """);
        return added == 1
            ? TypedResults.Created((string?)null, foundation)
            : Problems.Of(409, "registration-code-taken", "A foundation with this registrationCode exists.");
    }

    /// <summary>A charity as its registration has it.</summary>
    internal sealed record NewFoundation(
        [property: MinLength(1), MaxLength(Foundation.MaxNameLength)] string Name,
        [property: MinLength(1), MaxLength(Foundation.MaxRegistrationCodeLength)] string RegistrationCode);
}
