using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Crash;

/// <summary>A pledge or a grant that was sent, under its key.</summary>
public sealed record Sent(Guid Key, string Path, string Body, string Token, Guid Wish, long AmountMinor, bool IsPledge);

/// <summary>
/// People who pledge, pay and grant at the same time, and remember what they sent and what they were told.
/// </summary>
public sealed class Crowd
{
    private const int Workers = 12;

    private readonly ConcurrentDictionary<Guid, (Sent Sent, string Answer)> acknowledged = [];
    private readonly ConcurrentDictionary<Guid, Sent> unknown = [];
    private readonly ConcurrentBag<Guid> pledges = [];
    private readonly ConcurrentDictionary<Guid, bool> applications = [];
    private readonly HashSet<Guid> sentAgain = [];
    private readonly List<Guid> wishes = [];
    private readonly Dictionary<Guid, long> startedAt = [];
    private string donor = "", approver = "", applicant = "";
    private Guid project;

    public IReadOnlyCollection<Sent> Acknowledged => [.. acknowledged.Values.Select(known => known.Sent)];

    /// <summary>Signs people in and brings three wishes of the demo's project to where they collect money.</summary>
    public static async Task<Crowd> Gather(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        var crowd = new Crowd
        {
            donor = await SignIn(http, "donor"),
            approver = await SignIn(http, "approver"),
            applicant = await SignIn(http, "applicant2"),
        };
        var (applicant, reviewer) = (Client(address, await SignIn(http, "applicant")), Client(address, await SignIn(http, "reviewer")));
        using (applicant)
        using (reviewer)
        using (var approves = Client(address, crowd.approver))
        {
            crowd.project = (await http.Get("/api/projects?limit=1")).Items()[0].Id();
            for (var i = 0; i < 3; i++) crowd.wishes.Add(await FundingWish(crowd.project, applicant, reviewer, approves));
        }

        foreach (var wish in crowd.wishes) crowd.startedAt[wish] = (await http.Get($"/api/wishes/{wish}")).Number("pledgedMinor");
        return crowd;
    }

    /// <summary>Works until the server is gone.</summary>
    public Task Work(Uri address, int seed) => Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
    {
        var random = new Random(seed + worker);
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
        while (await Act(http, random))
        {
        }
    }));

    /// <summary>Waits until so many more acts were acknowledged.</summary>
    public async Task HasAcknowledged(int more)
    {
        var goal = acknowledged.Count + more;
        var patience = TimeProvider.System.GetUtcNow().AddMinutes(2);
        while (acknowledged.Count < goal)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < patience, "The server is too slow.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    /// <summary>
    /// Sends everything since the last kill again under the same keys, and some of what is older: what was acknowledged
    /// gets the same answer, what was not is done now.
    /// </summary>
    public async Task SendAllAgain(Uri address, Random random)
    {
        using var http = new HttpClient { BaseAddress = address };
        var older = acknowledged.Keys.Where(key => sentAgain.Contains(key)).OrderBy(_ => random.Next()).Take(50);
        foreach (var key in acknowledged.Keys.Where(key => !sentAgain.Contains(key)).Concat(older).ToArray())
        {
            var (sent, before) = acknowledged[key];
            var (status, answer) = await Send(http, sent);
            Assert.Equal(HttpStatusCode.Created, status);
            Assert.Equal(before, answer);
            sentAgain.Add(key);
        }

        foreach (var (key, sent) in unknown.ToArray())
        {
            var (status, answer) = await Send(http, sent);
            Assert.Equal(HttpStatusCode.Created, status);
            acknowledged[key] = (sent, answer);
            unknown.TryRemove(key, out _);
        }
    }

    /// <summary>Every wish has exactly what was acknowledged.</summary>
    public async Task AssertSums(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        foreach (var wish in wishes)
        {
            var sum = Acknowledged.Where(sent => sent.Wish == wish).Sum(sent => sent.AmountMinor);
            var shown = await http.Get($"/api/wishes/{wish}");
            Assert.Equal(startedAt[wish] + sum, shown.Number("pledgedMinor"));
            Assert.Equal(Acknowledged.Count(sent => sent.Wish == wish && sent.IsPledge), shown.Number("pledgeCount"));
        }
    }

    private async Task<bool> Act(HttpClient http, Random random)
    {
        if (random.Next(3) == 0 && pledges.TryTake(out var pledge)) return await Pay(http, pledge);
        if (random.Next(8) == 0) return await Apply(http);
        var (wish, amount, grants) = (wishes[random.Next(wishes.Count)], random.Next(1, 30), random.Next(10) == 0);
        var sent = grants
            ? new Sent(Guid.CreateVersion7(), $"/api/projects/{project}/grants",
                JsonSerializer.Serialize(new { wishId = wish, amountMinor = amount }), approver, wish, amount, IsPledge: false)
            : new Sent(Guid.CreateVersion7(), $"/api/wishes/{wish}/pledges",
                JsonSerializer.Serialize(new { amountMinor = amount }), donor, wish, amount, IsPledge: true);
        unknown[sent.Key] = sent;
        try
        {
            var (status, answer) = await Send(http, sent);
            if (status == HttpStatusCode.ServiceUnavailable) return false;
            Assert.Equal(HttpStatusCode.Created, status);
            acknowledged[sent.Key] = (sent, answer);
            unknown.TryRemove(sent.Key, out _);
            if (sent.IsPledge) pledges.Add(JsonSerializer.Deserialize<JsonElement>(answer).Id());
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>
    /// Every wish that the journal has as submitted has its private part, whether or not that was acknowledged; and every
    /// one that was acknowledged is submitted.
    /// </summary>
    public async Task AssertPrivateParts(Uri address, IReadOnlySet<Guid> submitted)
    {
        using var http = Client(address, applicant);
        foreach (var (wish, isAcknowledged) in applications.ToArray())
        {
            Assert.True(!isAcknowledged || submitted.Contains(wish), $"{wish} was acknowledged as submitted and is not.");
            if (!submitted.Contains(wish)) continue;
            var written = (await http.Get($"/api/me/wishes/{wish}")).GetProperty("application");
            Assert.Equal(Story(wish), written.Text("story"));
            Assert.Equal(Phone(wish), written.GetProperty("applicant").Text("phone"));
        }
    }

    /// <summary>How many wishes were submitted and acknowledged.</summary>
    public int Applications => applications.Count(application => application.Value);

    private static string Story(Guid wish) => $"The story of {wish}.";

    private static string Phone(Guid wish) => $"+86 {wish:N}";

    /// <summary>Writes a wish and submits it, each of which a kill may come between.</summary>
    private async Task<bool> Apply(HttpClient http)
    {
        var wish = Guid.CreateVersion7();
        applications[wish] = false;
        var draft = new Sent(wish, "/api/wishes", JsonSerializer.Serialize(new
        {
            id = wish,
            projectId = project,
            title = "A stove",
            story = Story(wish),
            category = "housing",
            region = "sichuan",
            items = new[] { new { name = "Stove", quantity = 1, amountMinor = 100 } },
            applicant = new { name = "Li Hua", phone = Phone(wish) },
        }), applicant, wish, 0, IsPledge: false);
        try
        {
            if ((await Send(http, draft)).Item1 != HttpStatusCode.Created) return false;
            var submit = draft with { Key = Guid.CreateVersion7(), Path = $"/api/wishes/{wish}/submit", Body = "{}" };
            if ((await Send(http, submit)).Item1 != HttpStatusCode.OK) return false;
            applications[wish] = true;
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<bool> Pay(HttpClient http, Guid pledge)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync($"/api/payments/sandbox/{pledge}", new { result = "paid" });
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return false;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<(HttpStatusCode, string)> Send(HttpClient http, Sent sent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, sent.Path)
        {
            Content = new StringContent(sent.Body, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sent.Token);
        request.Headers.Add("Idempotency-Key", sent.Key.ToString());
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<Guid> FundingWish(Guid project, HttpClient applicant, HttpClient reviewer, HttpClient approver)
    {
        const long goal = 500_000;
        var wish = (await applicant.Post("/api/wishes", new
        {
            projectId = project,
            title = "A stove",
            story = "It is cold.",
            category = "housing",
            region = "sichuan",
            items = new[] { new { name = "Stove", quantity = 1, amountMinor = goal } },
            applicant = new { name = "Li Hua", phone = "1" },
        }, HttpStatusCode.Created)).Id();
        await applicant.Post($"/api/wishes/{wish}/submit");
        await reviewer.Post($"/api/wishes/{wish}/claim");
        await reviewer.Post($"/api/wishes/{wish}/recommend", new { amountMinor = goal, findings = "Fine.", checks = Array.Empty<object>() });
        await approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = goal });
        using var second = Client(approver.BaseAddress!, await SignIn(approver, "approver2"));
        await second.Post($"/api/wishes/{wish}/approve", new { amountMinor = goal });
        await applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = false });
        return wish;
    }

    private static async Task<string> SignIn(HttpClient http, string name)
    {
        using var answer = await http.PostAsJsonAsync(
            "/api/account/login", new { email = $"{name}@demo.example", password = DemoAccounts.Password });
        return (await answer.Expect(HttpStatusCode.OK)).Text("accessToken");
    }

    private static HttpClient Client(Uri address, string token) => new()
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };
}
