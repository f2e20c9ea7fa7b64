using System.Text.Json;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Tests.Files;

public sealed class EvidenceJsonTests
{
    private const string Id = "01950000-0000-7000-8000-000000000011";

    [Theory]
    [InlineData("\"a call\"", "\"a call\"")]
    [InlineData($$"""{"fileIds":["{{Id}}"],"statement":"a slip"}""", $$"""{"fileIds":["{{Id}}"],"statement":"a slip"}""")]
    [InlineData($$"""{"fileIds":["{{Id}}"]}""", $$"""{"fileIds":["{{Id}}"]}""")]
    [InlineData("""{"statement":"a call"}""", "\"a call\"")]
    public void Evidence_is_read_in_both_forms_and_written_in_the_shorter(string given, string written)
    {
        var evidence = JournalJson.Read<Evidence>(given);
        Assert.Equal(written, JsonSerializer.Serialize(evidence, JournalJson.Options));
        Assert.Equivalent(evidence, JournalJson.Read<Evidence>(written));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("""{"fileIds":["x"]}""")]
    [InlineData("""{"fileIds":"x"}""")]
    public void What_is_no_evidence_is_refused(string given) =>
        Assert.Throws<JsonException>(() => JournalJson.Read<Evidence>(given));

    [Fact]
    public void A_dossier_with_files_comes_back_as_it_was()
    {
        var file = new Guid(Id);
        DossierContent[] contents =
        [
            Application.Empty with { Evidence = new Evidence([file], "x") },
            new Review("f", [new ReviewCheck("c", "r", new Evidence([file]))], null),
            new Note("", [file]),
        ];
        foreach (var content in contents)
        {
            var json = JsonSerializer.Serialize(content, JournalJson.Options);
            var read = JournalJson.Read<DossierContent>(json);
            Assert.Equivalent(content, read, strict: true);
            Assert.Equal(file, Assert.Single(read.Files));
        }
    }
}
