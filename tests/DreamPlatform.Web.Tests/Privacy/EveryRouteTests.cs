using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Privacy;

/// <summary>
/// Everybody who must not know who an applicant is asks every route there is, with every id they could have heard of.
/// </summary>
public sealed class EveryRouteTests
{
    private const string Mark = "PLANTED";

    [Fact]
    public async Task No_route_tells_a_sponsor_or_anybody_else_who_an_applicant_is()
    {
        await using var platform = await Platform.Start();
        var ids = await Stage(platform);
        var other = (await platform.Operator.Post(
            "/api/foundations", new { name = "Other", registrationCode = "T-9" }, HttpStatusCode.Created)).Id();
        (string Who, HttpClient Client)[] outsiders =
        [
            ("nobody", platform.App.Anonymous),
            ("the sponsor", await platform.Person("sponsor", "sponsor")),
            ("a donor", platform.Donor),
            ("another applicant", await platform.Person("applicant9")),
            ("the operator", platform.Operator),
            ("the finance officer", platform.Finance),
            ("the administrator", platform.Administrator),
            ("the auditor", await platform.Person("auditor", "auditor")),
            ("the approver", platform.Approver),
            ("a reviewer who has not claimed it", await platform.Person("reviewer9", "reviewer")),
            ("another foundation's reviewer", await platform.Person("stranger", "reviewer", other)),
        ];
        var document = await platform.App.Anonymous.Get("/openapi/v1.json");
        var (asked, answered) = (0, 0);

        foreach (var (method, path, body) in Requests(document, ids))
        {
            foreach (var (who, client) in outsiders)
            {
                using var request = new HttpRequestMessage(method, path);
                if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
                using var answer = await client.SendAsync(
                    request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                var text = await answer.TextAsync();
                var headers = $"{answer.Headers} {answer.Content.Headers}";

                Assert.False(text.Contains(Mark, StringComparison.Ordinal), $"{method} {path} told {who}: {text}");
                Assert.DoesNotContain(Mark, headers, StringComparison.Ordinal);
                asked++;
                if (answer.IsSuccessStatusCode) answered++;
            }
        }

        Assert.True(asked > 500 && answered > 50, $"{asked} asked, {answered} answered.");
    }

    /// <summary>Every operation, with each combination of ids that fits its address; none that ends what is being asked.</summary>
    private static IEnumerable<(HttpMethod, string, string?)> Requests(JsonElement document, Dictionary<string, Guid[]> ids)
    {
        string[] endings = ["eraseMe", "signOut", "changesPassword"];
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var id = operation.Value.GetProperty("operationId").GetString()!;
                if (operation.Name == "delete" || path.Name.StartsWith("/api/account/", StringComparison.Ordinal)
                    || endings.Contains(id)) continue;
                var body = operation.Value.TryGetProperty("requestBody", out var sent)
                    && sent.GetProperty("content").TryGetProperty("application/json", out var json)
                    && json.TryGetProperty("example", out var example) ? example.ToString() : null;
                foreach (var address in Addresses(path.Name, ids))
                    yield return (new HttpMethod(operation.Name), address, body);
            }
        }
    }

    private static IEnumerable<string> Addresses(string path, Dictionary<string, Guid[]> ids)
    {
        var hole = Regex.Match(path, "{([^}]*)}");
        if (!hole.Success) return [path];
        var kind = path[..hole.Index];
        var fitting = hole.Groups[1].Value switch
        {
            "itemId" => ids["item"],
            "wishId" => ids["wish"],
            "pledgeId" => ids["pledge"],
            _ when kind.Contains("projects", StringComparison.Ordinal) => ids["project"],
            _ when kind.Contains("pledges", StringComparison.Ordinal) => ids["pledge"],
            _ when kind.Contains("foundations", StringComparison.Ordinal) => ids["foundation"],
            _ => ids["wish"],
        };
        return fitting.SelectMany(id => Addresses(path[..hole.Index] + id + path[(hole.Index + hole.Length)..], ids));
    }

    /// <summary>A wish in review, one that collects and one that is being fulfilled, with planted values.</summary>
    private static async Task<Dictionary<string, Guid[]>> Stage(Platform platform)
    {
        var review = await Submitted(platform);
        await platform.Reviewer.Post($"/api/wishes/{review}/claim");
        var (collecting, fulfilling) = (await Accepted(platform), await Accepted(platform));
        var pledge = await Platform.Give(platform.Donor, fulfilling, 20_000);
        var item = (await platform.App.Anonymous.Get($"/api/wishes/{fulfilling}")).Items()[0].Id();
        await platform.Finance.Post($"/api/wishes/{fulfilling}/items/{item}/order", new { payee = "Shop", amountMinor = 20_000 });
        return new()
        {
            ["wish"] = [review, collecting, fulfilling],
            ["item"] = [item],
            ["pledge"] = [pledge],
            ["project"] = [platform.Project],
            ["foundation"] = [platform.Foundation],
        };
    }

    private static async Task<Guid> Submitted(Platform platform)
    {
        var wish = (await platform.Draft(new
        {
            projectId = platform.Project,
            title = "PLANTED-title",
            story = "PLANTED-story",
            category = "housing",
            region = "sichuan",
            items = new[] { new { name = "Blanket", quantity = 1, amountMinor = 20_000 } },
            applicant = new { name = "PLANTED-name", phone = "PLANTED-phone", idNumber = "PLANTED-id", address = "PLANTED-address" },
        })).Id();
        await platform.Applicant.Post($"/api/wishes/{wish}/submit");
        return wish;
    }

    private static async Task<Guid> Accepted(Platform platform)
    {
        var wish = await Submitted(platform);
        await platform.Reviewer.Post($"/api/wishes/{wish}/claim");
        await platform.Reviewer.Post($"/api/wishes/{wish}/recommend", new
        {
            amountMinor = 20_000,
            findings = "Spoke with the applicant.",
            checks = Array.Empty<object>(),
            publicText = new { title = "A blanket", story = "It is cold." },
        });
        await platform.Approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = 20_000 });
        await platform.Applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
        return wish;
    }
}
