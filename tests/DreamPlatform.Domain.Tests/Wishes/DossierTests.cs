using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>What was written about a wish, and the commands that refer to it.</summary>
public sealed class DossierTests
{
    private static readonly ApplicationItem StoveLine = new(Story.Stove.Id, "A stove", 1, 600);

    private static readonly Application Complete = new(
        Story.Project, "Warm feet", "It is cold.", "home", "CN-44", [StoveLine],
        new ApplicantDetails("Li", "13800000000", null, null));

    public static TheoryData<string> Fields =>
        ["title", "story", "category", "region", "items", "applicant.name", "applicant.phone"];

    /// <summary>Commands whose text was not kept, with who may send them and when.</summary>
    private static readonly (Command Command, Actor By, IEnumerable<Step> Before)[] Unkept =
    [
        (new EditDraft(Story.Project), Cast.Applicant, Story.Until(WishStatus.Draft)),
        (new RecommendWish(1_000, null, true), Cast.Reviewer, Story.Until(WishStatus.InReview)),
        (new RejectWish("not-eligible"), Cast.Reviewer, Story.Until(WishStatus.InReview)),
        (new OrderItem(Story.Stove.Id, Story.Shop, 600), Cast.Finance, Story.Until(WishStatus.Funded)),
        (new DeliverItem(Story.Bed.Id, 300), Cast.Finance, Story.Until(WishStatus.Fulfilling)),
        (new DepositToProject(Cast.Named("deposit"), 5), Cast.Finance, [Story.Create]),
    ];

    public static TheoryData<string> UnkeptCommands => [.. Unkept.Select(one => StoredNames.Of(one.Command))];

    [Theory]
    [MemberData(nameof(UnkeptCommands))]
    public void A_command_whose_text_was_not_kept_is_refused_and_says_no_more_than_with_it(string name)
    {
        var (command, by, before) = Array.Find(Unkept, one => StoredNames.Of(one.Command) == name);
        Scenario.Given(before)
            .When(command, by).Then(new TextNotKept())
            .When(command, Cast.Stranger).Then(new NotFound())
            .When(((IRefersToDossier)command).At(9), by).ThenBriefly("accepted");
        Scenario.Given().When(command, by).Then(new NotFound());
    }

    [Fact]
    public void Every_command_that_refers_to_the_dossier_is_tested() =>
        Assert.Equal(
            typeof(Command).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IRefersToDossier)))
                .Where(type => !type.IsInterface).OrderBy(type => type.Name),
            Unkept.Select(one => one.Command.GetType()).OrderBy(type => type.Name));

    [Fact]
    public void A_complete_application_is_submitted_as_it_is()
    {
        var submit = Complete.ToSubmit(7);
        Assert.Equal((7, "home", "CN-44"), (submit.DossierVersion, submit.Category, submit.Region));
        Assert.Empty(submit.Missing);
        Assert.Equal([new WishItem(Story.Stove.Id, 1, 600)], submit.Items);
    }

    [Fact]
    public void An_empty_application_lists_all_that_is_missing() =>
        Assert.Equal(Fields.Select(row => row.Data), Application.Empty.ToSubmit(0).Missing);

    [Theory]
    [MemberData(nameof(Fields))]
    public void What_is_missing_is_listed_by_the_name_that_callers_use(string field)
    {
        var incomplete = field switch
        {
            "title" => Complete with { Title = " " },
            "story" => Complete with { Story = null },
            "category" => Complete with { Category = "" },
            "region" => Complete with { Region = null },
            "items" => Complete with { Items = [] },
            "applicant.name" => Complete with { Applicant = Complete.Applicant! with { Name = " " } },
            _ => Complete with { Applicant = Complete.Applicant! with { Phone = null } },
        };
        Assert.Equal([field], incomplete.ToSubmit(1).Missing);
    }

    [Fact]
    public void The_reviewers_text_and_the_items_become_public()
    {
        PublishedText title = new(Story.Wish.Value, TextField.Title, "A warm room");
        PublishedText story = new(Story.Wish.Value, TextField.Story, "A family needs a stove.");
        PublishedText item = new(Story.Stove.Id.Value, TextField.ItemName, "A stove");
        var reviewed = new PublicText(title.Text!, story.Text!);

        Assert.Equal([title, story, item], Complete.ToPublish(Story.Wish, reviewed, publishStory: true));
        Assert.Equal([title, item], Complete.ToPublish(Story.Wish, reviewed, publishStory: false));
    }

    [Fact]
    public void The_applicants_own_story_never_becomes_public() =>
        Assert.DoesNotContain(
            Complete.ToPublish(Story.Wish, null, publishStory: true), text => text.Field == TextField.Story);

    [Fact]
    public void Versions_count_up_even_when_older_ones_are_dropped()
    {
        var dossier = new Dossier().Add(Entry(new Note("a")), _ => true).Add(Entry(new Note("b")), _ => true);
        Assert.Equal([1, 2], dossier.Entries.Select(entry => entry.Version));

        dossier = dossier.Add(Entry(new Note("c")), entry => entry.Version == 2);
        Assert.Equal([2, 3], dossier.Entries.Select(entry => entry.Version));
        dossier = dossier.Add(Entry(new Note("d")), _ => false);
        Assert.Equal(4, dossier.LastVersion);
        Assert.Equal(new Note("d"), dossier.Find(4)!.Content);
        Assert.Null(dossier.Find(3));
    }

    [Theory]
    [InlineData(1, true, 0, false)]
    [InlineData(2, true, 1_000, true)]
    [InlineData(3, true, 0, true)]
    [InlineData(3, true, 23.9, true)]
    [InlineData(3, true, 24, false)]
    [InlineData(1, false, 23.9, true)]
    [InlineData(1, false, 24, false)]
    public void An_entry_is_kept_while_it_is_referred_to_or_may_come_to_be(
        int version, bool isApplication, double hoursLater, bool kept)
    {
        // The draft was edited twice, to version 2.
        var wish = Scenario.Given([.. Story.Until(WishStatus.Draft), Story.EditAgain])
            .StateOf<Wish>(Story.Wish.Stream);
        var entry = Entry(isApplication ? Complete : new Note("a")) with { Version = version };
        Assert.Equal(kept, wish.Keeps(wish.Stream.ToString(), entry, Story.Start.AddHours(hoursLater)));
    }

    [Fact]
    public void Every_entry_that_an_event_refers_to_is_kept_for_good()
    {
        var wish = Scenario.Given(Story.Until(WishStatus.Delivered)).StateOf<Wish>(Story.Wish.Stream);
        var later = Story.Start.AddYears(10);
        var note = Entry(new Note("a"));
        bool Kept(string dossier, int version) => wish.Keeps(dossier, note with { Version = version }, later);
        Assert.Equal([1, 2], Enumerable.Range(1, 6).Where(version => Kept(wish.Stream.ToString(), version)));
        Assert.Equal([4, 5], Enumerable.Range(1, 6).Where(version => Kept(Story.Stove.Id.Receipts, version)));
        Assert.False(Kept(new ItemId(Cast.Named("no item")).Receipts, 4));
    }

    [Fact]
    public void What_the_applicant_wrote_is_sealed_for_them_and_receipts_for_the_foundation()
    {
        var wish = Scenario.Given(Story.Until(WishStatus.Delivered)).StateOf<Wish>(Story.Wish.Stream);
        Assert.Equal(Cast.Applicant.Id.Value, wish.HolderOf(wish.Stream.ToString()));
        Assert.Equal(Cast.Foundation.Value, wish.HolderOf(Story.Stove.Id.Receipts));
        Assert.Equal(
            Cast.Foundation.Value, new Project(Story.Project) { Foundation = Cast.Foundation }.HolderOf("deposit-1"));
    }

    private static DossierEntry Entry(DossierContent content) =>
        new(0, new CommandId(Cast.Named("command")), Cast.Applicant.Id, Story.Start, content);
}
