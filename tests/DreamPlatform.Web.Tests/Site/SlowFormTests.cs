using System.Net;
using DreamPlatform.Storage.Tests.Files;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>A form with files may take long: what its sender was when they began counts for nothing by then.</summary>
public sealed class SlowFormTests
{
    [Fact]
    public async Task A_session_that_ended_while_its_files_came_in_attaches_none()
    {
        await using var app = await TestApp.StartDemoAsync();
        using var owner = await app.SignInAsync("applicant");
        var wish = await DraftAsync(app, owner);
        using var thief = await Cookies.VisitAsync(app.Address, "applicant");
        var page = $"/apply/{wish}/photo";
        using var slow = await PhotoAsync(thief, page);
        var pending = thief.PostAsync(page, slow);
        await slow.Begun;
        Assert.Equal(204, (int)(await owner.PostAsync("/api/account/sign-out-everywhere", null)).StatusCode);

        slow.GoOn();
        using var answer = await pending;

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        using var again = await app.SignInAsync("applicant");
        Assert.Empty(await FilesAsync(again, wish));
    }

    [Fact]
    public async Task Whoever_is_still_signed_in_when_all_has_come_attaches_them()
    {
        await using var app = await TestApp.StartDemoAsync();
        using var owner = await app.SignInAsync("applicant");
        var wish = await DraftAsync(app, owner);
        using var visitor = await Cookies.VisitAsync(app.Address, "applicant");
        var page = $"/apply/{wish}/photo";
        using var slow = await PhotoAsync(visitor, page);
        var pending = visitor.PostAsync(page, slow);
        await slow.Begun;

        slow.GoOn();
        using var answer = await pending;

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Single(await FilesAsync(owner, wish));
    }

    private static async Task<Guid> DraftAsync(TestApp app, HttpClient applicant)
    {
        var project = await DemoWishes.ProjectAsync(app);
        return (await applicant.Post("/api/wishes", new { projectId = project, title = "一床棉被" }, HttpStatusCode.Created)).Id();
    }

    private static async Task<SlowBody> PhotoAsync(HttpClient visitor, string page)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in await visitor.HiddenAsync(page, page)) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(Planted.Clean("image/png")), "evidence.files", "door.png");
        return new SlowBody(await form.ReadAsByteArrayAsync(), form.Headers.ContentType!);
    }

    private static async Task<string[]> FilesAsync(HttpClient applicant, Guid wish)
    {
        var application = (await applicant.Get($"/api/me/wishes/{wish}")).GetProperty("application");
        return application.TryGetProperty("evidence", out var evidence)
                && evidence.ValueKind == System.Text.Json.JsonValueKind.Object
            ? [.. evidence.GetProperty("fileIds").EnumerateArray().Select(id => id.GetString()!)]
            : [];
    }
}
