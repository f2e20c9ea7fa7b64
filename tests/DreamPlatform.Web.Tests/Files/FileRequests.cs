using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DreamPlatform.Domain.Files;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Due;
using DreamPlatform.Grains.Files;
using DreamPlatform.Storage.Files;
using DreamPlatform.Storage.Keys;
using DreamPlatform.Storage.Tests.Files;
using DreamPlatform.Web.Files;
using DreamPlatform.Web.Tests.Journey;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

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
