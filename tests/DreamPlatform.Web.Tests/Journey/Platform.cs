using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DreamPlatform.Web.Tests.Accounts;

namespace DreamPlatform.Web.Tests.Journey;

/// <summary>
/// A platform that was set up by HTTP alone: a first operator from configuration, a foundation with its people, an open
/// project with money in it.
/// </summary>
public sealed class Platform : IAsyncDisposable
{
    public const string Password = "Correct-Horse-7";

    private const string OperatorEmail = "first@operator.example";

    private Platform(TestApp app) => App = app;

    public TestApp App { get; }

    public HttpClient Operator { get; private set; } = null!;

    public HttpClient Administrator { get; private set; } = null!;

    public HttpClient Reviewer { get; private set; } = null!;

    public HttpClient Approver { get; private set; } = null!;

    public HttpClient Finance { get; private set; } = null!;

    public HttpClient Applicant { get; private set; } = null!;

    public HttpClient Donor { get; private set; } = null!;

    public HttpClient Donor2 { get; private set; } = null!;

    public Guid Foundation { get; private set; }

    public Guid Project { get; private set; }

    public static TestAppOptions Options(string? data = null) => new()
    {
        Data = data,
        Settings = new()
        {
            ["FirstOperator:Email"] = OperatorEmail,
            ["FirstOperator:Password"] = Password,
            ["Payments:Sandbox:Enabled"] = "true",
            ["Payments:Sandbox:Secret"] = "a secret of these tests",
        },
    };

    public static async Task<Platform> Start(TestAppOptions? options = null)
    {
        var platform = new Platform(await TestApp.StartAsync(options ?? Options()));
        platform.Operator = await platform.App.SignInAsync(OperatorEmail, Password);
        await SecondFactor.EnableAsync(platform.Operator);
        var foundation = await platform.Operator.Post(
            "/api/foundations", new { name = "Sky Foundation", registrationCode = "T-1" }, HttpStatusCode.Created);
        platform.Foundation = foundation.Id();
        platform.Administrator = await platform.Person("administrator", "foundation");
        platform.Reviewer = await platform.Person("reviewer", "reviewer");
        platform.Approver = await platform.Person("approver", "approver");
        platform.Finance = await platform.Person("finance", "finance");
        platform.Applicant = await platform.Person("applicant");
        platform.Donor = await platform.Person("donor");
        platform.Donor2 = await platform.Person("donor2");
        platform.Project = await platform.OpenProject(depositMinor: 1_000_000);
        return platform;
    }

    /// <summary>Registers somebody, gives them a role of the foundation if one is named, and signs them in.</summary>
    public async Task<HttpClient> Person(string name, string? role = null, Guid? foundation = null)
    {
        var email = $"{name}@people.example";
        await App.RegisterAsync(email, Password);
        if (role is not null)
            await Operator.Post($"/api/accounts/{email}/roles", new { role, foundationId = foundation ?? Foundation });
        var person = await App.SignInAsync(email, Password);
        if (role is not null) await SecondFactor.EnableAsync(person);
        return person;
    }

    public async Task<Guid> OpenProject(long depositMinor)
    {
        var project = (await Administrator.Post("/api/projects", new
        {
            name = "Warm winter",
            sponsorName = "Friends",
            description = "Blankets.",
            categories = Array.Empty<string>(),
            regions = Array.Empty<string>(),
            startsOn = "2020-01-01",
            endsOn = "2099-12-31",
            perWishCapMinor = 100_000,
            approvalThresholdMinor = 100_000,
        }, HttpStatusCode.Created)).Id();
        await Administrator.Post($"/api/projects/{project}/open");
        await Finance.Post(
            $"/api/projects/{project}/deposits", new { amountMinor = depositMinor, reference = "Bank slip 1" }, HttpStatusCode.Created);
        return project;
    }

    public Task<JsonElement> Draft(object? changes = null) => Applicant.Post("/api/wishes", changes ?? new
    {
        projectId = Project,
        title = "A warm blanket",
        story = "The dormitory is cold.",
        category = "housing",
        region = "sichuan",
        items = new[] { new { name = "Blanket", quantity = 2, amountMinor = 20_000 } },
        applicant = new { name = "Li Hua", phone = "+86 130 0000 0000" },
    }, HttpStatusCode.Created);

    /// <summary>A wish of 20,000 that collects money.</summary>
    public async Task<Guid> FundingWish()
    {
        var wish = (await Draft()).Id();
        await Applicant.Post($"/api/wishes/{wish}/submit");
        await Reviewer.Post($"/api/wishes/{wish}/claim");
        await Reviewer.Post($"/api/wishes/{wish}/recommend", new
        {
            amountMinor = 20_000,
            findings = "Spoke with the applicant.",
            checks = new[] { new { claim = "Lives there", result = "confirmed", evidence = "Call" } },
            publicText = new { title = "A warm blanket", story = "Winter without heating." },
        });
        await Approver.Post($"/api/wishes/{wish}/approve", new { amountMinor = 20_000 });
        await Applicant.Post($"/api/wishes/{wish}/accept", new { publishStory = true });
        return wish;
    }

    /// <summary>A pledge, paid at the sandbox's cashier.</summary>
    public static async Task<Guid> Give(HttpClient donor, Guid wish, long amountMinor)
    {
        var pledge = (await donor.Post($"/api/wishes/{wish}/pledges", new { amountMinor }, HttpStatusCode.Created)).Id();
        await donor.Post($"/api/payments/sandbox/{pledge}", new { result = "paid" });
        return pledge;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

/// <summary>Short ways to send requests and read answers.</summary>
public static class Requests
{
    /// <summary>Sends a command under a key of its own and expects a status.</summary>
    public static async Task<JsonElement> Post(
        this HttpClient client, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK, Guid? key = null)
    {
        using var answer = await client.SendPost(path, body, key);
        return await answer.Expect(expected);
    }

    public static async Task<HttpResponseMessage> SendPost(this HttpClient client, string path, object? body = null, Guid? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("Idempotency-Key", (key ?? Guid.CreateVersion7()).ToString());
        if (body is not null) request.Content = JsonContent.Create(body);
        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> Get(this HttpClient client, string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return await answer.Expect(expected);
    }

    public static async Task<JsonElement> Expect(this HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.RequestMessage!.RequestUri} answered {answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The body of an answer; of one that goes on and on, the first event.</summary>
    public static async Task<string> TextAsync(this HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
            return await answer.Content.ReadAsStringAsync();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { Length: > 0 } line) text.AppendLine(line);
        return text.ToString();
    }

    public static Guid Id(this JsonElement answer) => answer.GetProperty("id").GetGuid();

    public static string Text(this JsonElement answer, string name) => answer.GetProperty(name).GetString()!;

    public static long Number(this JsonElement answer, string name) => answer.GetProperty(name).GetInt64();

    public static IReadOnlyList<JsonElement> Items(this JsonElement answer) => [.. answer.GetProperty("items").EnumerateArray()];
}
