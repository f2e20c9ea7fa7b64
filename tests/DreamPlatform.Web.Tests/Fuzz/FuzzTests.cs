using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Fuzz;

public sealed class FuzzTests
{
    /// <summary>
    /// Every route of the API's document is sent what it should refuse, by everybody. It must answer a documented 4xx
    /// with a documented code, and the journal must be as it was.
    /// </summary>
    [Fact]
    public async Task Every_route_refuses_bad_requests_as_documented_and_changes_nothing()
    {
        await using var platform = await Platform.Start(Unlimited());
        var (ids, actors) = await Prepare(platform);
        var document = JsonNode.Parse((await platform.App.Anonymous.Get("/openapi/v1.json")).GetRawText())!;
        var reader = platform.App.Services.GetRequiredService<JournalReader>();
        var before = await Size(reader);
        var (sent, refused) = (0, 0);
        var wrong = new SortedSet<string>(StringComparer.Ordinal);

        foreach (var attempt in Attempts.Of(document, ids))
        {
            foreach (var (name, actor) in actors)
            {
                using var answer = await Send(actor, attempt);
                var text = await answer.TextAsync();
                var what = $"{attempt} by {name} was answered {(int)answer.StatusCode}: {text}";
                sent++;
                if ((int)answer.StatusCode < 400)
                {
                    before = await Size(reader);
                    continue;
                }

                refused++;
                if (Undocumented(attempt, answer, text) is { } why) wrong.Add($"{why}: {what}");
                Assert.True(before == await Size(reader), $"Something changed although {what}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} answers are wrong:\n{string.Join('\n', wrong.Take(40))}");
        Assert.True(refused > sent / 2, $"Only {refused} of {sent} were refused.");
        Assert.True((await platform.App.Anonymous.Get("/api/ledger/trial-balance")).GetProperty("balanced").GetBoolean());
    }

    /// <summary>So many requests a minute nobody sends in earnest.</summary>
    private static TestAppOptions Unlimited()
    {
        var options = Platform.Options();
        foreach (var limit in (string[])["AccountBurst", "AccountPerMinute", "AnonymousPerMinute", "CredentialsPerMinute"])
            options.Settings[$"RateLimits:{limit}"] = "10000000";
        return options;
    }

    private static async Task<(Ids, (string, HttpClient)[])> Prepare(Platform platform)
    {
        var other = (await platform.Operator.Post(
            "/api/foundations", new { name = "Other", registrationCode = "T-9" }, HttpStatusCode.Created)).Id();
        var draft = (await platform.Draft()).Id();
        var wish = await platform.FundingWish();
        var pledge = (await platform.Donor.Post(
            $"/api/wishes/{wish}/pledges", new { amountMinor = 10 }, HttpStatusCode.Created)).Id();
        (string, HttpClient)[] actors =
        [
            ("nobody", platform.App.Anonymous), ("the applicant", platform.Applicant), ("the reviewer", platform.Reviewer),
            ("the approver", platform.Approver), ("the finance officer", platform.Finance),
            ("the administrator", platform.Administrator), ("a donor", platform.Donor2), ("another applicant", await platform.Person("applicant9")),
            ("another foundation's reviewer", await platform.Person("stranger", "reviewer", other)),
            ("another foundation's finance officer", await platform.Person("stranger2", "finance", other)),
        ];
        return (new Ids([draft, wish], platform.Project, pledge), actors);
    }

    private static async Task<HttpResponseMessage> Send(HttpClient actor, Attempt attempt)
    {
        using var request = new HttpRequestMessage(attempt.Method, attempt.Path);
        if (attempt.Key is { } key) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (attempt.IfMatch is { } match) request.Headers.TryAddWithoutValidation("If-Match", match);
        if (attempt.Body is { } body)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(attempt.MediaType);
        }

        return await actor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>What is wrong with a refusal, or null.</summary>
    private static string? Undocumented(Attempt attempt, HttpResponseMessage answer, string text)
    {
        var status = (int)answer.StatusCode;
        if (status >= 500) return "A fault of ours";
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return "Not a problem";
        var code = JsonNode.Parse(text)!["code"]!.GetValue<string>();
        var documented = attempt.Operation["responses"]![status.ToString(CultureInfo.InvariantCulture)];
        var isDocumented = documented?["description"]?.GetValue<string>().Contains($"`{code}`", StringComparison.Ordinal) == true;
        return isDocumented ? null : $"{status} {code} is not documented for {attempt.Operation["operationId"]}";
    }

    private static async Task<string> Size(JournalReader reader) => (await reader.Query(
        "SELECT (SELECT COUNT(*) FROM events), (SELECT COUNT(*) FROM commands), (SELECT COUNT(*) FROM transfers), (SELECT COUNT(*) FROM streams)",
        row => $"{row.Number(0)} events, {row.Number(1)} commands, {row.Number(2)} transfers, {row.Number(3)} streams"))[0];
}
