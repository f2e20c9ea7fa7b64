using System.Text.Json;
using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Tests.Journal;

public sealed class GoldenProfileTests
{
    [Fact]
    public void A_profile_is_read_from_its_golden_file_and_written_as_it_is_there()
    {
        var example = new Profile
        {
            Account = new AccountId(new Guid("019d0000-0000-7000-8000-000000000003")),
            Name = "王芳",
            Phone = "+86 130 0000 0000",
            Language = Language.English,
            ByMail = false,
            BySms = true,
            Unwanted = [Topic.WishFunded, Topic.PledgePaid],
        };
        var golden = GoldenTests.Golden("profile.v1");

        Assert.Equivalent(example, JournalJson.Read<Profile>(golden), strict: true);
        Assert.Equal(golden, JsonSerializer.Serialize(example, JournalJson.Options));
    }
}
