using System.Reflection;
using System.Text.Json;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Tests.Journal;

/// <summary>
/// What is stored can be read for ever. A file that fails here says that a stored form was changed: make a new version
/// beside the old one, never edit a golden file.
/// </summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Events => [.. StoredNames.DerivedFrom(typeof(Event)).Select(pair => pair.Value)];

    public static TheoryData<string> Contents => [.. StoredNames.DerivedFrom(typeof(DossierContent)).Select(pair => pair.Value)];

    [Theory, MemberData(nameof(Events))]
    public void An_event_is_read_from_its_golden_file_and_written_as_it_is_there(string name)
    {
        var example = Examples.Events.SingleOrDefault(example => StoredNames.Of(example) == name);
        Assert.True(example is not null, $"There is no example of {name}; add one.");
        var golden = Golden(name);

        var read = JournalJson.Read(new StreamId(StreamKind.Wish, Guid.Empty), 1, name, golden);

        Assert.IsType(example.GetType(), read);
        Assert.Equivalent(example, read, strict: true);
        Assert.Equal(golden, JournalJson.Write(example));
    }

    [Theory, MemberData(nameof(Contents))]
    public void A_vault_state_is_read_from_its_golden_file_and_written_as_it_is_there(string name)
    {
        Assert.True(Examples.Dossiers.TryGetValue(name, out var example), $"There is no example of {name}; add one.");
        var golden = Golden(name);

        var read = JournalJson.Read<Dossier>(golden);

        Assert.Equivalent(example, read, strict: true);
        Assert.IsType(example!.Entries[0].Content.GetType(), read.Entries[0].Content);
        Assert.Equal(golden, JsonSerializer.Serialize(example, JournalJson.Options));
    }

    public static TheoryData<string> States => [.. StoredNames.DerivedFrom(typeof(IPrivate)).Select(pair => pair.Value)];

    [Theory, MemberData(nameof(States))]
    public void A_private_state_is_read_from_its_golden_file_and_written_as_it_is_there(string name)
    {
        var example = Examples.States.SingleOrDefault(example => StoredNames.Of(example) == name);
        Assert.True(example is not null, $"There is no example of {name}; add one.");
        var golden = Golden(name);

        var read = JsonSerializer.Deserialize(golden, example.GetType(), JournalJson.Options);

        Assert.Equivalent(example, read, strict: true);
        Assert.Equal(golden, JsonSerializer.Serialize(example, example.GetType(), JournalJson.Options));
    }

    /// <summary>Releases before this knew no checks: they skip them, and theirs have none.</summary>
    [Fact]
    public void A_recommendation_is_read_with_what_was_checked_and_without()
    {
        var golden = Golden("wish-recommended.v1");
        var stored = golden[..^1] + ""","checks":[{"kind":"address","result":"confirmed","method":"video"},{"kind":"need","result":"partly"}]}""";

        var (without, with) = (Read(golden), Read(stored));

        Assert.Null(without.Checks);
        Assert.Equal(
            [new(ClaimKind.Address, CheckResult.Confirmed, CheckMethod.Video), new(ClaimKind.Need, CheckResult.Partly)],
            with.Checks!);
        Assert.Equal(stored, JournalJson.Write(with));

        static WishRecommended Read(string json) => Assert.IsType<WishRecommended>(
            JournalJson.Read(new StreamId(StreamKind.Wish, Guid.Empty), 1, "wish-recommended.v1", json));
    }

    [Fact]
    public void Every_type_that_is_stored_has_a_versioned_name()
    {
        var stored = typeof(Event).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && (type.IsAssignableTo(typeof(Event)) || type.IsAssignableTo(typeof(DossierContent))));
        Assert.All(stored, type => Assert.Matches(
            @"^[a-z]+(-[a-z]+)*\.v[1-9][0-9]*$", type.GetCustomAttribute<StoredAsAttribute>()?.Name));
    }

    [Fact]
    public void Every_golden_file_is_of_a_type_that_this_release_still_reads()
    {
        var names = Directory.GetFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension);
        Assert.All(names, name => Assert.NotNull(StoredNames.TypeOf(name!)));
    }

    [Fact]
    public void A_missing_golden_file_fails() =>
        Assert.Throws<Xunit.Sdk.TrueException>(() => Golden("an-event-without-a-file.v1"));

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Golden");

    internal static string Golden(string name)
    {
        var file = Path.Combine(Folder, $"{name}.json");
        Assert.True(File.Exists(file), $"There is no golden file for {name}; write tests/DreamPlatform.Storage.Tests/Golden/{name}.json.");
        return File.ReadAllText(file).TrimEnd('\n');
    }
}
