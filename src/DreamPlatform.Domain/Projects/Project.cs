using System.Text.Json.Serialization;
using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Projects;

/// <summary>Where a project is on its way. <see cref="None"/> is a project that does not exist.</summary>
public enum ProjectStatus
{
    [JsonStringEnumMemberName("None")] None = 0,
    [JsonStringEnumMemberName("Draft")] Draft,
    [JsonStringEnumMemberName("Open")] Open,
    [JsonStringEnumMemberName("Closed")] Closed,
}

/// <summary>What a project supports, from when to when, and up to how much.</summary>
/// <param name="Categories">Codes of the categories it supports; empty for all.</param>
/// <param name="Regions">Codes of the regions it supports; empty for all.</param>
/// <param name="StartsOn">The first day, in the platform's calendar.</param>
/// <param name="EndsOn">The last day.</param>
/// <param name="PerWishCapMinor">The most that one wish may ask for.</param>
/// <param name="ApprovalThresholdMinor">Above this a wish needs a second approver.</param>
public sealed record ProjectRules(
    IReadOnlyList<string> Categories, IReadOnlyList<string> Regions, DateOnly StartsOn, DateOnly EndsOn,
    long PerWishCapMinor, long ApprovalThresholdMinor, MatchRule? Match)
{
    /// <summary>How many approvers an amount needs.</summary>
    public int ApprovalsFor(long amountMinor) => amountMinor > ApprovalThresholdMinor ? 2 : 1;

    public bool AllowsCategory(string category) => Categories.Count == 0 || Categories.Contains(category);

    public bool AllowsRegion(string region) => Regions.Count == 0 || Regions.Contains(region);
}

/// <summary>How a project matches donors' pledges. Kept with the rules; no money moves by it yet.</summary>
/// <param name="Percent">Of the pledge, 1 to 1000, rounded down.</param>
public sealed record MatchRule(int Percent, long PerPledgeCapMinor, long PerWishCapMinor);

/// <summary>A sponsor project: its rules, its status, and whose it is.</summary>
[StoredAs("project")]
public sealed partial record Project(ProjectId Id) : Owner
{
    public ProjectStatus Status { get; init; }

    public FoundationId Foundation { get; init; }

    public ProjectRules Rules { get; init; } =
        new([], [], DateOnly.MinValue, DateOnly.MinValue, 0, 0, null);

    public override StreamId Stream => Id.Stream;

    public LedgerAccount Account => LedgerAccount.Project(Id);

    /// <summary>A draft is its foundation's own business; null is somebody not signed in.</summary>
    public bool MayBeSeenBy(Actor? actor) =>
        Status is ProjectStatus.Open or ProjectStatus.Closed || actor?.IsStaffOf(Foundation) == true;

    /// <summary>Whether it takes no wishes any more.</summary>
    public bool IsOver(DateTimeOffset now) =>
        Status == ProjectStatus.Closed || PlatformCalendar.DayOf(now) > Rules.EndsOn;

    /// <summary>Why it takes no wishes at this time; null when it does.</summary>
    public Rejection? Takes(DateTimeOffset now)
    {
        if (Status != ProjectStatus.Open) return new ProjectNotOpen();
        var today = PlatformCalendar.DayOf(now);
        return today < Rules.StartsOn || today > Rules.EndsOn
            ? new OutsideProjectPeriod(Rules.StartsOn, Rules.EndsOn)
            : null;
    }

    public override Guid HolderOf(string dossier) => Foundation.Value;

    public override StreamState Evolve(Event @event) => @event switch
    {
        ProjectCreated e => this with { Status = ProjectStatus.Draft, Foundation = e.Foundation, Rules = e.Rules },
        ProjectChanged e => this with { Rules = e.Rules },
        ProjectOpened => this with { Status = ProjectStatus.Open },
        ProjectClosed => this with { Status = ProjectStatus.Closed },
        _ => throw new UnknownEventException(this, @event),
    };
}
