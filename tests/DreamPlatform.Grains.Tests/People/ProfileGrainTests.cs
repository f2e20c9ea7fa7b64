using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.People;
using DreamPlatform.Storage.Tests;

namespace DreamPlatform.Grains.Tests.People;

public sealed class ProfileGrainTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task What_a_person_chooses_and_who_they_are_do_not_overwrite_each_other(string database)
    {
        await using var journal = new TestJournal(database);
        var account = new AccountId(Guid.CreateVersion7());
        await using (var cluster = await Cluster.Start(journal))
        {
            var profile = cluster.Grains.GetProfile(account);
            Assert.True(await profile.Choose(Language.English, byMail: true, bySms: true, [Topic.WishFunded]));
            Assert.True(await profile.Describe("王芳", "+86 130 0000 0000", Language.Chinese));
        }

        await using var later = await Cluster.Start(journal);
        var kept = await later.Grains.GetProfile(account).Get();
        Assert.Equal(
            ("王芳", "+86 130 0000 0000", Language.Chinese, true, true),
            (kept.Name, kept.Phone, kept.Language, kept.ByMail, kept.BySms));
        Assert.Equal((false, true), (kept.Wants(Topic.WishFunded), kept.Wants(Topic.WishApproved)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_person_who_has_written_nothing_is_told_of_everything_by_mail(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var account = new AccountId(Guid.CreateVersion7());

        var profile = await cluster.Grains.GetProfile(account).Get();

        Assert.Equal((null, true, false), (profile.Language, profile.ByMail, profile.BySms));
        Assert.All(Enum.GetValues<Topic>(), topic => Assert.True(profile.Wants(topic)));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_profile_that_is_erased_is_as_if_nobody_had_written_in_it(string database)
    {
        await using var journal = new TestJournal(database);
        await using var cluster = await Cluster.Start(journal);
        var profile = cluster.Grains.GetProfile(new AccountId(Guid.CreateVersion7()));
        await profile.Describe("王芳", "+86 130 0000 0000", Language.English);

        await profile.Erase();
        await profile.Erase();

        var after = await profile.Get();
        Assert.Equal((null, null, null), (after.Name, after.Phone, after.Language));
    }
}
