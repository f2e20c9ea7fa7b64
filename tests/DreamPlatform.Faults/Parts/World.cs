using System.Text.Json;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Faults.Parts;

/// <summary>A project of its own with wishes that collect money, and the people who move it.</summary>
internal sealed class World
{
    private const long MaxMinor = 1_000_000_000;

    private readonly string donor, approver;

    private World(string donor, string approver, string applicant, Guid project, Guid[] wishes) =>
        (this.donor, this.approver, Applicant, Project, Wishes) = (donor, approver, applicant, project, wishes);

    /// <summary>Who wrote the wishes: a token.</summary>
    public string Applicant { get; }

    public Guid Project { get; }

    public IReadOnlyList<Guid> Wishes { get; }

    /// <summary>What the wishes tell in private.</summary>
    public static string Story(int number) => $"The story of number {number}.";

    /// <param name="goals">The goal of each wish.</param>
    public static async Task<World> MakeAsync(Uri address, IReadOnlyList<long> goals, CancellationToken stop)
    {
        using var client = new Client(address, TimeSpan.FromSeconds(30));
        async Task<JsonElement> Post(string path, string? token, object? body = null) =>
            await client.MustAsync(HttpMethod.Post, path, token, body ?? new { }, stop);
        async Task<string> SignIn(string name) =>
            (await Post("/api/account/login", null, new { email = $"{name}@demo.example", password = "Demo-1234!" }))
                .GetProperty("accessToken").GetString()!;
        async Task<Guid> Do(string path, string token, object? body = null) =>
            (await Post(path, token, body)).TryGetProperty("id", out var id) ? id.GetGuid() : default;
        var (foundation, finance) = (await SignIn("foundation"), await SignIn("finance"));
        var (approver, reviewer) = (await SignIn("approver"), await SignIn("reviewer"));
        var (applicant, donor) = (await SignIn("applicant"), await SignIn("donor"));

        var project = await Do("/api/projects", foundation, new
        {
            name = "Faults",
            sponsorName = "Nobody",
            description = "Wishes that must come through.",
            categories = Array.Empty<string>(),
            regions = Array.Empty<string>(),
            startsOn = "2020-01-01",
            endsOn = "2099-12-31",
            perWishCapMinor = MaxMinor,
            approvalThresholdMinor = MaxMinor,
        });
        await Do($"/api/projects/{project}/open", foundation);
        await Do($"/api/projects/{project}/deposits", finance, new { amountMinor = MaxMinor, reference = "A deposit" });
        var wishes = await Task.WhenAll(goals.Select(async (goalMinor, i) =>
        {
            var wish = await Do("/api/wishes", applicant, Application(project, goalMinor, i));
            await Do($"/api/wishes/{wish}/submit", applicant);
            await Do($"/api/wishes/{wish}/claim", reviewer);
            await Do($"/api/wishes/{wish}/recommend", reviewer,
                new { amountMinor = goalMinor, findings = "Fine.", checks = Array.Empty<object>() });
            await Do($"/api/wishes/{wish}/approve", approver, new { amountMinor = goalMinor });
            await Do($"/api/wishes/{wish}/accept", applicant, new { publishStory = false });
            return wish;
        }));
        return new World(donor, approver, applicant, project, wishes);
    }

    /// <summary>So many wishes with room for all that a fault sends.</summary>
    public static Task<World> MakeAsync(Uri address, int wishes, CancellationToken stop) =>
        MakeAsync(address, [.. Enumerable.Repeat(MaxMinor, wishes)], stop);

    public Sent Pledge(Guid wish, long amountMinor) => new(
        Guid.CreateVersion7(), $"/api/wishes/{wish}/pledges", JsonSerializer.Serialize(new { amountMinor }), donor,
        "pledge-placed.v1", wish, amountMinor);

    public Sent Grant(Guid wish, long amountMinor) => new(
        Guid.CreateVersion7(), $"/api/projects/{Project}/grants",
        JsonSerializer.Serialize(new { wishId = wish, amountMinor }), approver, "grant-given.v1", wish, amountMinor);

    /// <summary>A payment's command is named by who pays, what, and how it came out.</summary>
    public static Sent Payment(Guid wish, Guid pledge) => new(
        Derived.Id($"sandbox/sandbox-{pledge}/Paid"), $"/api/payments/sandbox/{pledge}", """{"result":"paid"}""", null,
        "pledge-paid.v1", wish, 0);

    private static object Application(Guid project, long goalMinor, int number) => new
    {
        projectId = project,
        title = $"Number {number}",
        story = Story(number),
        category = "housing",
        region = "sichuan",
        items = new[] { new { name = "Stove", quantity = 1, amountMinor = goalMinor } },
        applicant = new { name = "Li Hua", phone = "1" },
    };
}
