using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Projects;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Tests.Projects;

/// <summary>
/// Every command that a project takes in every status that a project can have, sent by who is entitled to it. Its pool
/// has one unpaid pledge from when it opens.
/// </summary>
public sealed class ProjectCommandsByStatusTests
{
    private static readonly Grid Table = new("""
                            None  Draft  Open  Closed
        create-project        +     -     -      -     + project-created.v1 - id-taken
        change-project        0     +     +      -     + project-changed.v1 - project-closed
        open-project          0     +     a      -     + project-opened.v1 a project-already-open - project-closed
        close-project         0     n     +      -     + project-closed.v1 n project-not-open - project-closed
        deposit-to-project    0     +     +      +     + deposit-received.v1
        place-pledge          0     0     +      -     + pledge-placed.v1 - project-not-open
        record-payment        0     0     +      +     + pledge-paid.v1
        cancel-pledge         0     0     +      +     + pledge-cancelled.v1
        withdraw-message      0     0     +      +     + pledge-message-withdrawn.v1
        lapse-pledge          0     0     +      +     + pledge-lapsed.v1
        """);

    private static readonly Dictionary<string, (Command Command, Actor By)> Commands =
        new (Command Command, Actor By)[]
        {
            (Story.Create.Command, Cast.Admin),
            (new ChangeProject(Story.Rules, Story.ProjectTexts), Cast.Admin),
            (new OpenProject(), Cast.Admin),
            (new CloseProject(), Cast.Admin),
            (Story.Deposit.Command, Cast.Finance),
            (Story.Place(Story.Pledge2, 5), Cast.Donor2),
            (Story.Pay(Story.PoolPledge, 70), Cast.Platform),
            (new CancelPledge(Story.PoolPledge), Cast.Donor),
            (new WithdrawMessage(Story.PoolPledge), Cast.Donor),
            (new LapsePledge(Story.PoolPledge), Cast.Platform),
        }.ToDictionary(pair => StoredNames.Of(pair.Command));

    public static TheoryData<string, string, string> Cells => Table.Cells;

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_status_gives(string command, string status, string outcome) =>
        Scenario.Given(Story.Until(Enum.Parse<ProjectStatus>(status)))
            .After(Story.PayWithin)
            .When(Commands[command].Command, Commands[command].By, Story.Project.Stream)
            .Then(outcome);

    [Theory]
    [InlineData(ProjectStatus.None)]
    [InlineData(ProjectStatus.Draft)]
    [InlineData(ProjectStatus.Open)]
    [InlineData(ProjectStatus.Closed)]
    public void The_story_leads_to_every_status(ProjectStatus status) =>
        Assert.Equal(status, Scenario.Given(Story.Until(status)).StateOf<Project>(Story.Project.Stream).Status);

    [Fact]
    public void The_table_has_every_status_and_every_command()
    {
        string[] areas = [typeof(OpenProject).Namespace!, typeof(PlacePledge).Namespace!];
        var known = StoredNames.DerivedFrom(typeof(Command))
            .Where(pair => areas.Contains(pair.Key.Namespace))
            .Select(pair => pair.Value);
        Assert.Equal(known.Order(), Table.Rows.Order());
        Assert.Equal(Enum.GetNames<ProjectStatus>(), Table.Columns);
    }
}
