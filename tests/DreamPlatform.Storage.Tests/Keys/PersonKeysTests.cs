using DreamPlatform.Storage.Keys;

namespace DreamPlatform.Storage.Tests.Keys;

/// <summary>Keys of people: made once, found again, destroyed for ever.</summary>
public sealed class PersonKeysTests
{
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_key_is_made_once_however_many_ask_for_it_at_once(string database)
    {
        await using var scene = new KeyScene(database);
        var person = Guid.CreateVersion7();
        Assert.Null(await scene.Keys().Find(person));

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            Task.Run(async () => Convert.ToHexString(await scene.Keys().ForSealing(person)))));

        Assert.Single(keys.Distinct());
        Assert.Equal(keys[0], Convert.ToHexString((await scene.Keys().Find(person))!));
        Assert.NotEqual(keys[0], Convert.ToHexString(await scene.Keys().ForSealing(Guid.CreateVersion7())));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_destroyed_key_is_gone_for_ever_and_no_other_is_made(string database)
    {
        await using var scene = new KeyScene(database);
        var (keys, person) = (scene.Keys(), Guid.CreateVersion7());
        await keys.ForSealing(person);

        await keys.Destroy(person);
        await keys.Destroy(person);

        await Assert.ThrowsAsync<HolderErasedException>(async () => await keys.Find(person));
        await Assert.ThrowsAsync<HolderErasedException>(async () => await keys.ForSealing(person));
        await Assert.ThrowsAsync<HolderErasedException>(async () => await scene.Keys().ForSealing(person));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Whoever_never_had_a_key_is_erased_all_the_same(string database)
    {
        await using var scene = new KeyScene(database);
        var person = Guid.CreateVersion7();

        await scene.Keys().Destroy(person);

        await Assert.ThrowsAsync<HolderErasedException>(async () => await scene.Keys().ForSealing(person));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Another_process_forgets_a_destroyed_key_soon(string database)
    {
        await using var scene = new KeyScene(database);
        var (one, other, person) = (scene.Keys(), scene.Keys(), Guid.CreateVersion7());
        await other.ForSealing(person);
        await one.Destroy(person);

        scene.Journal.Time.Advance(PersonKeys.RememberedFor);

        await Assert.ThrowsAsync<HolderErasedException>(async () => await other.Find(person));
    }

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_wrapped_key_that_was_moved_to_somebody_else_does_not_open(string database)
    {
        await using var scene = new KeyScene(database);
        var (mine, yours) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await scene.Keys().ForSealing(mine);
        await scene.Keys().ForSealing(yours);

        scene.Run($"UPDATE person_keys SET wrapped = (SELECT wrapped FROM person_keys WHERE holder = '{yours}') WHERE holder = '{mine}'");

        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await scene.Keys().Find(mine));
        Assert.NotNull(await scene.Keys().Find(yours));
    }

    [Fact]
    public async Task Without_its_key_file_nothing_opens_and_the_error_names_the_file()
    {
        await using var scene = new KeyScene("sqlite");
        var person = Guid.CreateVersion7();
        await scene.Keys().ForSealing(person);
        var lost = Assert.Single(scene.KeyFiles());
        File.Move(lost, lost + ".elsewhere");

        var error = await Assert.ThrowsAsync<KeyUnavailableException>(async () => await scene.Keys().Find(person));

        Assert.Contains(Path.GetFileNameWithoutExtension(lost), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public void A_secret_that_is_none_is_refused(string secret)
    {
        Assert.False(KeySecrets.IsSecret(secret));
        Assert.Throws<KeyUnavailableException>(() => new KeySecrets(secret, null));
    }
}
