using System.Globalization;
using System.Net;
using System.Text.Json;
using DreamPlatform.Storage.Tests.Files;

namespace DreamPlatform.Web.Tests.Files;

/// <summary>
/// Files that were tampered with are sent to the real server, which has them cleaned by real processes. The environment
/// sets another number of them.
/// </summary>
public sealed class FileFuzzTests
{
    private static readonly int Count = int.Parse(
        Environment.GetEnvironmentVariable("DREAMPLATFORM_FUZZ_FILES") ?? "60", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Whatever_is_sent_is_kept_clean_or_refused_by_a_code_and_the_host_goes_on()
    {
        await using var app = await TestApp.StartAsync(new() { Demo = true });
        var names = new[] { "donor", "donor2", "applicant", "applicant2", "helper", "reviewer" };
        var senders = await Task.WhenAll(names.Select(name => app.SignInAsync(name)));
        var random = new Random(20260301);
        var (kept, refused) = (0, 0);

        foreach (var (content, i) in Attempts(random).Take(Count + Hostile.All.Count).Select((it, i) => (it, i)))
        {
            using var answer = await senders[i % senders.Length].SendFile(content, "image/png", "x.html");
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                kept++;
                var body = JsonSerializer.Deserialize<JsonElement>(text);
                var served = await senders[i % senders.Length]
                    .GetByteArrayAsync($"/api/files/{body.GetProperty("id").GetGuid()}");
                Parts.AssertOnlyWhatIsSeen(body.GetProperty("contentType").GetString()!, served);
            }
            else
            {
                refused++;
                Assert.True(
                    (int)answer.StatusCode is >= 400 and < 500,
                    $"Attempt {i} was answered {(int)answer.StatusCode}: {text}");
                Assert.NotEmpty(JsonSerializer.Deserialize<JsonElement>(text).GetProperty("code").GetString()!);
            }
        }

        Assert.True(kept > 0 && refused > Hostile.All.Count / 2, $"{kept} were kept, {refused} refused.");
        (await app.Anonymous.GetAsync("/health/ready")).EnsureSuccessStatusCode();
    }

    private static IEnumerable<byte[]> Attempts(Random random)
    {
        foreach (var hostile in Hostile.All) yield return hostile;
        byte[][] seeds = [.. Planted.Pictures.Select(Planted.Of), PlantedPdf.Document(), PlantedPdf.Pages(3)];
        while (true) yield return Mutate(seeds[random.Next(seeds.Length)], seeds, random);
    }

    private static byte[] Mutate(byte[] seed, byte[][] seeds, Random random)
    {
        var content = (byte[])seed.Clone();
        switch (random.Next(5))
        {
            case 0:
                for (var i = random.Next(1, 8); i > 0; i--)
                    content[random.Next(content.Length)] ^= (byte)(1 << random.Next(8));
                return content;
            case 1:
                return content[..random.Next(content.Length)];
            case 2:
                var from = random.Next(content.Length);
                return [.. content[..from], .. content[random.Next(content.Length)..]];
            case 3:
                var other = seeds[random.Next(seeds.Length)];
                return [.. content[..random.Next(content.Length)], .. other[random.Next(other.Length)..]];
            default:
                // Numbers in heads and dictionaries that lie.
                var at = random.Next(content.Length - 4);
                foreach (var lie in (byte[])[0xFF, 0xFF, (byte)random.Next(256), 0x7F]) content[at++] = lie;
                return content;
        }
    }
}
