using System.Net.Http.Headers;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Web.Tests.Files;

/// <summary>Ways to send a file, and who sends it.</summary>
public static class FileRequests
{
    public static Task<HttpResponseMessage> SendFile(
        this HttpClient client, byte[] content, string? type = null, string name = "file") =>
        client.PostAsync("/api/files", Form(content, type, name));

    public static MultipartFormDataContent Form(byte[] content, string? type = null, string name = "file")
    {
        var file = new ByteArrayContent(content);
        if (type is not null) file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return new MultipartFormDataContent { { file, "file", name } };
    }

    /// <summary>Somebody new.</summary>
    public static async Task<(HttpClient Client, AccountId Id)> Person(TestApp app)
    {
        var email = $"{Guid.NewGuid():N}@people.example";
        await app.RegisterAsync(email);
        var client = await app.SignInAsync(email);
        var me = await client.GetAsync("/api/me").JsonAsync();
        return (client, new AccountId(me.GetProperty("id").GetGuid()));
    }
}
