using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DreamPlatform.Domain.Files;
using DreamPlatform.Grains.Files;
using DreamPlatform.Storage.Tests.Files;
using DreamPlatform.Web.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DreamPlatform.Web.Tests.Files;

public sealed class FileEndpointTests(DemoApp demo) : IClassFixture<DemoApp>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Kinds => [.. Planted.Pictures, "application/pdf"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_file_is_kept_clean_and_served_to_nobody_but_who_sent_it(string kind)
    {
        var donor = await demo.App.SignInAsync("donor");
        var planted = kind == "application/pdf" ? PlantedPdf.Document() : Planted.Of(kind);

        var sent = await donor.SendFile(planted, "application/x-whatever", "../../a b.exe").JsonAsync(201);

        var id = sent.GetProperty("id").GetGuid();
        Assert.Equal(kind, sent.GetProperty("contentType").GetString());
        Assert.Equal(
            kind == "application/pdf",
            sent.TryGetProperty("pages", out var pages) && pages.ValueKind == JsonValueKind.Number);
        using var served = await donor.GetAsync($"/api/files/{id}");
        var content = await served.Content.ReadAsByteArrayAsync();
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal(kind, served.Content.Headers.ContentType!.ToString());
        Assert.Equal(sent.GetProperty("bytes").GetInt32(), content.Length);
        Parts.AssertOnlyWhatIsSeen(kind, content);
        Assert.Equal("no-store", served.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", served.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", served.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(
            kind == "application/pdf" ? "attachment" : "inline", served.Content.Headers.ContentDisposition!.DispositionType);

        foreach (var other in (string[])["donor2", "reviewer", "foundation", "operator", "sponsor", "auditor"])
        {
            var client = await demo.App.SignInAsync(other);
            Assert.Equal(404, (await client.GetAsync($"/api/files/{id}").ProblemAsync()).Status);
        }

        Assert.Equal(401, (await demo.App.Anonymous.GetAsync($"/api/files/{id}").ProblemAsync()).Status);
        Assert.Equal(404, (await donor.GetAsync($"/api/files/{Guid.NewGuid()}").ProblemAsync()).Status);
    }

    [Fact]
    public async Task A_picture_is_served_small_to_whom_it_is_served_at_all_and_what_has_no_small_version_as_it_is()
    {
        var donor = await demo.App.SignInAsync("donor");
        var other = await demo.App.SignInAsync("donor2");
        var large = (await donor.SendFile(Planted.With("image/jpeg", Planted.Clean("image/jpeg", 1_600, 1_200))).JsonAsync(201))
            .GetProperty("id").GetGuid();
        var tiny = (await donor.SendFile(Planted.Clean("image/png")).JsonAsync(201)).GetProperty("id").GetGuid();

        var small = await donor.GetByteArrayAsync($"/api/files/{large}?size=small");

        Parts.AssertOnlyWhatIsSeen("image/jpeg", small);
        Assert.True(small.Length * 4 < (await donor.GetByteArrayAsync($"/api/files/{large}")).Length);
        Assert.Equal(
            await donor.GetByteArrayAsync($"/api/files/{tiny}"), await donor.GetByteArrayAsync($"/api/files/{tiny}?size=small"));
        Assert.Equal(404, (await other.GetAsync($"/api/files/{large}?size=small").ProblemAsync()).Status);
        Assert.Equal(400, (await donor.GetAsync($"/api/files/{large}?size=huge").ProblemAsync()).Status);
    }

    [Fact]
    public async Task What_is_kept_on_disk_is_sealed()
    {
        await using var app = await TestApp.StartAsync(new() { Demo = true, Data = folder.Path });
        var donor = await app.SignInAsync("donor");
        var picture = await donor.SendFile(Planted.Clean("image/png")).JsonAsync(201);
        var served = await donor.GetByteArrayAsync($"/api/files/{picture.GetProperty("id").GetGuid()}");

        var path = Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "files"), "*", SearchOption.AllDirectories));
        var kept = await File.ReadAllBytesAsync(path);
        Assert.True(kept.Length >= served.Length);
        Assert.Equal(-1, kept.AsSpan().IndexOf("PNG"u8));
        Assert.Equal(-1, kept.AsSpan().IndexOf(served.AsSpan(served.Length / 2, 16)));
    }

    [Fact]
    public async Task What_is_no_picture_and_no_document_is_refused_whatever_it_says_it_is()
    {
        var donor = await demo.App.SignInAsync("donor");
        async Task<(int, string)> Refusal(byte[] content)
        {
            var problem = await donor.SendFile(content, "image/png", "a.png").ProblemAsync();
            return (problem.Status, problem.Code);
        }

        Assert.Equal((415, "file-kind-not-supported"), await Refusal("<html><script>alert(1)</script>"u8.ToArray()));
        Assert.Equal((415, "file-kind-not-supported"), await Refusal([]));
        Assert.Equal((422, "file-damaged"), await Refusal([0xFF, 0xD8, 0xFF, .. "<html>"u8]));
        Assert.Equal((422, "file-too-many-pages"), await Refusal(PlantedPdf.Pages(FileLimits.MaxPages + 1)));
    }

    [Fact]
    public async Task A_file_may_have_as_many_bytes_as_is_said_and_not_one_more()
    {
        var donor = await demo.App.SignInAsync("donor");
        var picture = Planted.Clean("image/jpeg");
        byte[] Padded(int bytes) => [.. picture, .. new byte[bytes - picture.Length]];

        await donor.SendFile(Padded(FileLimits.MaxBytes)).JsonAsync(201);
        var problem = await donor.SendFile(Padded(FileLimits.MaxBytes + 1)).ProblemAsync();
        Assert.Equal((413, "file-too-large"), (problem.Status, problem.Code));
        problem = await donor.SendFile(Padded(FileLimits.MaxBytes + 100_000)).ProblemAsync();
        Assert.Equal((413, "file-too-large"), (problem.Status, problem.Code));
        using var huge = new HttpRequestMessage(HttpMethod.Post, "/api/files")
        {
            Content = FileRequests.Form(Padded(3 * FileLimits.MaxBytes)),
            Headers = { ExpectContinue = true },
        };
        problem = await donor.SendAsync(huge).ProblemAsync();
        Assert.Equal((413, "file-too-large"), (problem.Status, problem.Code));
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/files")
        {
            Content = FileRequests.Form(Padded(FileLimits.MaxBytes + 100_000)),
        };
        chunked.Headers.TransferEncodingChunked = true;
        problem = await donor.SendAsync(chunked).ProblemAsync();
        Assert.Equal((413, "file-too-large"), (problem.Status, problem.Code));
    }

    [Theory]
    [InlineData("application/json", "{}", 415, "unsupported-media-type")]
    [InlineData("multipart/form-data", "", 415, "unsupported-media-type")]
    [InlineData("multipart/form-data; boundary=b", "", 400, "malformed")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\n\r\nx\r\n--b--\r\n", 400, "malformed")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--\r\n", 400, "malformed")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\ncut short", 400, "malformed")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=b; filename=b\r\n\r\nx\r\n--b--\r\n", 400, "malformed")]
    public async Task A_body_that_is_not_one_file_is_refused(string type, string body, int status, string code)
    {
        var donor = await demo.App.SignInAsync("donor");
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var problem = await donor.PostAsync("/api/files", content).ProblemAsync();
        Assert.Equal((status, code), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task Deleted_files_are_off_the_shelf_and_unreadable()
    {
        var person = await FileRequests.Person(demo.App);
        var id = (await person.Client.SendFile(Planted.Clean("image/webp")).JsonAsync(201)).GetProperty("id").GetGuid();
        var cabinet = demo.App.Services.GetRequiredService<FileCabinet>();
        Assert.NotEmpty((await cabinet.Read(id))!);

        await cabinet.Delete([id, Guid.NewGuid()]);
        await cabinet.Delete([id]);

        Assert.Null(await cabinet.Read(id));
        Assert.Equal(404, (await person.Client.GetAsync($"/api/files/{id}").ProblemAsync()).Status);
        Assert.Empty(await demo.App.Services.GetRequiredService<IGrainFactory>().GetShelf(person.Id).List());
    }

    [Fact]
    public async Task Uploads_that_are_held_open_stop_nobody_else_and_end_after_a_time()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new() { Demo = true, Time = time });
        var donor = await app.SignInAsync("donor");
        var held = new List<Stalled>();
        for (var i = 0; i < 11; i++)
        {
            var (client, _) = await FileRequests.Person(app);
            for (var j = 0; j < UploadGate.MaxPerAccount; j++) held.Add(await Stalled.Begin(client));
        }

        await donor.SendFile(Planted.Clean("image/png")).JsonAsync(201);

        time.Advance(Upload.MaxTime);
        foreach (var upload in held)
        {
            Assert.Matches("(?s)^HTTP/1.1 408 .*\"upload-too-slow\"", await upload.Answer());
            upload.Dispose();
        }
    }

    public void Dispose() => folder.Dispose();

    /// <summary>An upload that begins and does not go on.</summary>
    private sealed class Stalled(Socket socket) : IDisposable
    {
        public static async Task<Stalled> Begin(HttpClient client)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, client.BaseAddress!.Port);
            var head = $"POST /api/files HTTP/1.1\r\nHost: here\r\nAuthorization: {client.DefaultRequestHeaders.Authorization}\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 10000\r\n\r\n"
                + "--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\nx";
            await socket.SendAsync(Encoding.ASCII.GetBytes(head));
            return new Stalled(socket);
        }

        /// <summary>What comes back until the connection is closed.</summary>
        public async Task<string> Answer()
        {
            using var reader = new StreamReader(new NetworkStream(socket));
            return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }

        public void Dispose() => socket.Dispose();
    }
}
