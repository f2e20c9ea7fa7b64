using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>Who sees what of a case, in every state of it: cell by cell.</summary>
public sealed class DisclosureTests
{
    private static readonly Dictionary<string, WishStatus> Statuses = new()
    {
        ["Dra"] = WishStatus.Draft,
        ["Sub"] = WishStatus.Submitted,
        ["Rev"] = WishStatus.InReview,
        ["App"] = WishStatus.Approved,
        ["Fng"] = WishStatus.Funding,
        ["Fnd"] = WishStatus.Funded,
        ["Flg"] = WishStatus.Fulfilling,
        ["Del"] = WishStatus.Delivered,
        ["Fld"] = WishStatus.Fulfilled,
        ["Rej"] = WishStatus.Rejected,
        ["Wdn"] = WishStatus.Withdrawn,
        ["Can"] = WishStatus.Cancelled,
    };

    private static readonly Dictionary<char, Shown> Signs = new()
    {
        ['+'] = Shown.Full,
        ['r'] = Shown.OnRequest,
        ['m'] = Shown.Masked,
        ['.'] = Shown.No,
    };

    private const string Table = """
                                   Dra Sub Rev App Fng Fnd Flg Del Fld Rej Wdn Can
        Applicant/Name             +   +   +   +   +   +   +   +   +   +   +   +
        Applicant/Phone            +   +   +   +   +   +   +   +   +   +   +   +
        Applicant/IdNumber         +   +   +   +   +   +   +   +   +   +   +   +
        Applicant/Address          +   +   +   +   +   +   +   +   +   +   +   +
        Applicant/Application      +   +   +   +   +   +   +   +   +   +   +   +
        Applicant/Findings         .   .   .   .   .   .   .   .   .   .   .   .
        Applicant/PublicText       .   .   +   +   +   +   +   +   +   +   +   +
        Applicant/Rejection        .   .   .   .   .   .   .   .   +   +   +   +
        Applicant/Receipts         .   .   .   .   .   .   +   +   +   +   +   +
        Applicant/Looks            +   +   +   +   +   +   +   +   +   +   +   +
        Helper/Name                +   m   m   m   m   m   m   m   m   m   m   m
        Helper/Phone               +   m   m   m   m   m   m   m   m   m   m   m
        Helper/IdNumber            +   m   m   m   m   m   m   m   m   m   m   m
        Helper/Address             +   m   m   m   m   m   m   m   m   m   m   m
        Helper/Application         +   +   +   +   +   +   +   +   +   +   +   +
        Helper/Findings            .   .   .   .   .   .   .   .   .   .   .   .
        Helper/PublicText          .   .   +   +   +   +   +   +   +   +   +   +
        Helper/Rejection           .   .   .   .   .   .   .   .   +   +   +   +
        Helper/Receipts            .   .   .   .   .   .   .   .   .   .   .   .
        Helper/Looks               .   .   .   .   .   .   .   .   .   .   .   .
        Reviewer/Name              .   .   r   r   r   r   r   r   .   .   .   .
        Reviewer/Phone             .   .   r   r   r   r   r   r   .   .   .   .
        Reviewer/IdNumber          .   .   r   .   .   .   .   .   .   .   .   .
        Reviewer/Address           .   .   r   r   r   r   r   r   .   .   .   .
        Reviewer/Application       .   .   +   +   +   +   +   +   .   .   .   .
        Reviewer/Findings          .   .   +   +   +   +   +   +   .   .   .   .
        Reviewer/PublicText        .   .   +   +   +   +   +   +   +   +   +   +
        Reviewer/Rejection         .   .   .   .   .   .   .   .   +   +   +   +
        Reviewer/Receipts          .   .   .   .   .   .   +   +   +   +   +   +
        Reviewer/Looks             .   .   .   .   .   .   .   .   .   .   .   .
        Approver/Name              .   .   .   .   .   .   .   .   .   .   .   .
        Approver/Phone             .   .   .   .   .   .   .   .   .   .   .   .
        Approver/IdNumber          .   .   .   .   .   .   .   .   .   .   .   .
        Approver/Address           .   .   .   .   .   .   .   .   .   .   .   .
        Approver/Application       .   .   .   .   .   .   .   .   .   .   .   .
        Approver/Findings          .   .   +   +   .   .   .   .   .   .   .   .
        Approver/PublicText        .   .   +   +   +   +   +   +   +   +   +   +
        Approver/Rejection         .   .   .   .   .   .   .   .   .   .   .   .
        Approver/Receipts          .   .   .   .   .   .   .   .   .   .   .   .
        Approver/Looks             .   .   .   .   .   .   .   .   .   .   .   .
        Finance/Name               .   .   .   .   .   .   .   .   .   .   .   .
        Finance/Phone              .   .   .   .   .   .   .   .   .   .   .   .
        Finance/IdNumber           .   .   .   .   .   .   .   .   .   .   .   .
        Finance/Address            .   .   .   .   .   .   .   .   .   .   .   .
        Finance/Application        .   .   .   .   .   .   .   .   .   .   .   .
        Finance/Findings           .   .   .   .   .   .   .   .   .   .   .   .
        Finance/PublicText         .   .   .   .   .   .   .   .   .   .   .   .
        Finance/Rejection          .   .   .   .   .   .   .   .   .   .   .   .
        Finance/Receipts           .   .   .   .   .   .   +   +   +   +   +   +
        Finance/Looks              .   .   .   .   .   .   .   .   .   .   .   .
        Administrator/Name         .   .   .   .   .   .   .   .   .   .   .   .
        Administrator/Phone        .   .   .   .   .   .   .   .   .   .   .   .
        Administrator/IdNumber     .   .   .   .   .   .   .   .   .   .   .   .
        Administrator/Address      .   .   .   .   .   .   .   .   .   .   .   .
        Administrator/Application  .   .   .   .   .   .   .   .   .   .   .   .
        Administrator/Findings     .   .   .   .   .   .   .   .   .   .   .   .
        Administrator/PublicText   .   .   .   .   .   .   .   .   .   .   .   .
        Administrator/Rejection    .   .   .   .   .   .   .   .   .   .   .   .
        Administrator/Receipts     .   .   .   .   .   .   +   +   +   +   +   +
        Administrator/Looks        .   .   .   .   .   .   .   .   .   .   .   .
        Auditor/Name               .   .   .   .   .   .   .   .   .   .   .   .
        Auditor/Phone              .   .   .   .   .   .   .   .   .   .   .   .
        Auditor/IdNumber           .   .   .   .   .   .   .   .   .   .   .   .
        Auditor/Address            .   .   .   .   .   .   .   .   .   .   .   .
        Auditor/Application        .   .   .   .   .   .   .   .   .   .   .   .
        Auditor/Findings           .   .   .   .   .   .   .   .   .   .   .   .
        Auditor/PublicText         .   .   .   .   .   .   .   .   .   .   .   .
        Auditor/Rejection          .   .   .   .   .   .   .   .   .   .   .   .
        Auditor/Receipts           .   .   .   .   .   .   +   +   +   +   +   +
        Auditor/Looks              .   .   .   .   .   .   .   .   .   .   .   .
        Sponsor/Name               .   .   .   .   .   .   .   .   .   .   .   .
        Sponsor/Phone              .   .   .   .   .   .   .   .   .   .   .   .
        Sponsor/IdNumber           .   .   .   .   .   .   .   .   .   .   .   .
        Sponsor/Address            .   .   .   .   .   .   .   .   .   .   .   .
        Sponsor/Application        .   .   .   .   .   .   .   .   .   .   .   .
        Sponsor/Findings           .   .   .   .   .   .   .   .   .   .   .   .
        Sponsor/PublicText         .   .   .   .   .   .   .   .   .   .   .   .
        Sponsor/Rejection          .   .   .   .   .   .   .   .   .   .   .   .
        Sponsor/Receipts           .   .   .   .   .   .   .   .   .   .   .   .
        Sponsor/Looks              .   .   .   .   .   .   .   .   .   .   .   .
        """;

    private static readonly ApplicantDetails Li = new("李小花", "+86 13812345678", "510100199001011234", "成都市锦江区 1 号");

    public static TheoryData<Viewer, PrivateField, WishStatus, Shown> Cells
    {
        get
        {
            var lines = Table.Split('\n').Select(Words).ToArray();
            var cells = new TheoryData<Viewer, PrivateField, WishStatus, Shown>();
            foreach (var line in lines.Skip(1))
            {
                var name = line[0].Split('/');
                for (var i = 0; i < lines[0].Length; i++)
                    cells.Add(
                        Enum.Parse<Viewer>(name[0]), Enum.Parse<PrivateField>(name[1]), Statuses[lines[0][i]],
                        Signs[line[i + 1][0]]);
            }

            return cells;
        }
    }

    /// <summary>Findings are in the table, and nobody outside the case sees them; what is public of them says nothing.</summary>
    [Fact]
    public void What_everybody_may_know_of_a_check_is_codes_and_nothing_that_anybody_wrote() =>
        Assert.All(typeof(ClaimCheck).GetProperties().Where(it => it.Name != "EqualityContract"), it =>
            Assert.True((Nullable.GetUnderlyingType(it.PropertyType) ?? it.PropertyType).IsEnum, it.Name));

    [Theory, MemberData(nameof(Cells))]
    public void Each_field_is_shown_to_each_viewer_in_each_state_as_the_table_says(
        Viewer viewer, PrivateField field, WishStatus status, Shown shown) =>
        Assert.Equal(shown, Disclosure.Of(viewer, field, status));

    [Fact]
    public void The_table_has_every_viewer_field_and_state() =>
        Assert.Equal(
            Enum.GetValues<Viewer>().Length * Enum.GetValues<PrivateField>().Length
                * (Enum.GetValues<WishStatus>().Length - 1),
            Cells.Select(cell => (cell.Data.Item1, cell.Data.Item2, cell.Data.Item3)).Distinct().Count());

    public static TheoryData<string, string> Capacities => new()
    {
        { "applicant", "Applicant" },
        { "applicant on the staff", "Applicant" },
        { "helper", "Helper" },
        { "helper, not acting", "" },
        { "helper on the staff", "" },
        { "claiming reviewer", "Reviewer" },
        { "another reviewer", "" },
        { "reviewer who lost the role", "" },
        { "approver", "Approver" },
        { "finance", "Finance" },
        { "administrator", "Administrator" },
        { "auditor", "Auditor" },
        { "auditor of another foundation", "" },
        { "reviewer of another foundation", "" },
        { "operator", "" },
        { "sponsor", "Sponsor" },
        { "sponsor in every role who claimed the case", "Sponsor" },
        { "sponsor who helps", "Sponsor" },
        { "stranger", "" },
    };

    [Theory, MemberData(nameof(Capacities))]
    public void Everybody_looks_in_the_capacities_they_have(string who, string viewers) =>
        Assert.Equal(viewers, string.Join(' ', InReview.ViewersOf(Person(who))));

    [Fact]
    public void A_draft_is_looked_at_by_nobody_on_the_staff() =>
        Assert.Empty(WishIn(WishStatus.Draft).ViewersOf(Cast.Auditor));

    [Fact]
    public void Whoever_is_a_sponsor_sees_nothing_whatever_else_they_are()
    {
        foreach (var status in Statuses.Values)
            foreach (var who in (string[])["sponsor", "sponsor in every role who claimed the case", "sponsor who helps"])
                Assert.All(Enum.GetValues<PrivateField>(), field => Assert.Equal(
                    Shown.No, Disclosure.Of(InReview.ViewersOf(Person(who)), field, status)));
    }

    [Fact]
    public void A_reviewer_sees_who_applied_masked_until_they_give_a_reason()
    {
        var dossier = Written(out var application, out var review);

        var masked = PrivatePart.Of(InReview, dossier, InReview.ViewersOf(Cast.Reviewer), reveals: false);
        var revealed = PrivatePart.Of(InReview, dossier, InReview.ViewersOf(Cast.Reviewer), reveals: true);

        Assert.Equal(new ApplicantDetails("李**", "****5678", "****1234", "****"), masked.Application!.Applicant);
        Assert.True(masked.MayReveal);
        Assert.Equal(application.Story, masked.Application.Story);
        Assert.Equal(Li, revealed.Application!.Applicant);
        Assert.False(revealed.MayReveal);
        Assert.Equal((LookAt.Case, LookAt.Identity), (masked.Shows, revealed.Shows));
        Assert.Equal(review, revealed.Review);
    }

    [Fact]
    public void An_approver_sees_what_was_found_but_not_about_whom()
    {
        var dossier = Written(out _, out var review);

        var part = PrivatePart.Of(InReview, dossier, InReview.ViewersOf(Cast.Approver), reveals: true);

        Assert.Equal((null, review, LookAt.Case), (part.Application, part.Review, part.Shows));
    }

    [Fact]
    public void What_becomes_public_is_seen_by_who_decides_on_it_once_it_is_recommended()
    {
        var dossier = Written(out _, out _);
        PublishedText[] texts =
        [
            new(Story.Wish.Value, TextField.Title, "Warm"), new(Story.Wish.Value, TextField.Story, "Cold"),
            new(Blanket.Id.Value, TextField.ItemName, Blanket.Name),
        ];

        foreach (var who in (Actor[])[Cast.Applicant, Cast.Reviewer, Cast.Approver])
            Assert.Equal(texts, SeenBy(who, InReview));
        foreach (var who in (Actor[])[Cast.Finance, Cast.Admin, Cast.Auditor, Cast.Sponsor, Cast.Donor, Cast.Reviewer2])
            Assert.Null(SeenBy(who, InReview));
        Assert.Null(SeenBy(Cast.Approver, InReview with { ReviewVersion = null }));
        Assert.Null(SeenBy(Cast.Approver, InReview with { RecommendedMinor = null }));
        Assert.Null(SeenBy(Cast.Approver, InReview with { Status = WishStatus.Rejected }));

        IReadOnlyList<PublishedText>? SeenBy(Actor who, Wish wish) =>
            PrivatePart.Of(wish, dossier, wish.ViewersOf(who), reveals: false).ToPublish;
    }

    [Fact]
    public void The_applicant_sees_what_would_become_public_but_not_what_was_found()
    {
        var dossier = Written(out var application, out var review);

        var part = PrivatePart.Of(InReview, dossier, InReview.ViewersOf(Cast.Applicant), reveals: false);

        Assert.Equal(application, part.Application);
        Assert.Equal(new Review(null, null, review.PublicText), part.Review);
        Assert.False(part.MayReveal);
    }

    [Fact]
    public void Nobody_else_sees_anything()
    {
        var dossier = Written(out _, out _);
        foreach (var who in (Actor[])[Cast.Stranger, Cast.Donor, Cast.Operator, Cast.Sponsor, Cast.Reviewer2, Cast.OtherReviewer])
            Assert.Equal(
                PrivatePart.Nothing, PrivatePart.Of(InReview, dossier, InReview.ViewersOf(who), reveals: true));
    }

    private static Dossier Written(out Application application, out Review review)
    {
        application = new Application(Story.Project, "Warm feet", "It is cold.", "home", "CN-44", [Blanket], Li);
        review = new Review("Called her.", [new ReviewCheck("cold", "true", Evidence.Of("thermometer"))], new PublicText("Warm", "Cold"));
        DossierEntry Entry(DossierContent content) =>
            new(0, new CommandId(Cast.Named("command")), Cast.Applicant.Id, Story.Start, content);
        return new Dossier().Add(Entry(application), _ => true).Add(Entry(review), _ => true);
    }

    private static readonly ApplicationItem Blanket = new(new ItemId(Cast.Named("blanket")), "A blanket", 2, 500);

    private static Wish InReview => WishIn(WishStatus.InReview);

    private static Wish WishIn(WishStatus status) =>
        Scenario.Given(Story.Until(status)).StateOf<Wish>(Story.Wish.Stream);

    private static Actor Person(string who) => who switch
    {
        "applicant" => Cast.Applicant,
        "applicant on the staff" => Cast.ApplicantOnStaff,
        "helper" => Cast.Stranger with { Helps = [Cast.Applicant.Id], ActingFor = Cast.Applicant.Id },
        "helper, not acting" => Cast.Stranger with { Helps = [Cast.Applicant.Id] },
        "helper on the staff" => Cast.Reviewer with { Helps = [Cast.Applicant.Id] },
        "claiming reviewer" => Cast.Reviewer,
        "another reviewer" => Cast.Reviewer2,
        "reviewer who lost the role" => Cast.Reviewer with { Roles = [] },
        "approver" => Cast.Approver,
        "finance" => Cast.Finance,
        "administrator" => Cast.Admin,
        "auditor" => Cast.Auditor,
        "auditor of another foundation" =>
            Cast.Auditor with { Roles = [new RoleAssignment(Role.Auditor, Cast.OtherFoundation)] },
        "reviewer of another foundation" => Cast.OtherReviewer,
        "operator" => Cast.Operator,
        "sponsor" => Cast.Sponsor,
        "sponsor in every role who claimed the case" => Cast.ReviewerInEveryRole,
        "sponsor who helps" => Cast.Sponsor with { Helps = [Cast.Applicant.Id], ActingFor = Cast.Applicant.Id },
        "stranger" => Cast.Stranger,
        _ => throw new ArgumentOutOfRangeException(nameof(who), who, "Nobody is called so."),
    };

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
