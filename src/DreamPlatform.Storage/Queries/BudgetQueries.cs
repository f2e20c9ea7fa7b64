using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Queries;

/// <summary>What a sponsor may know of a project: its money and how many wishes it helps, never whose.</summary>
/// <param name="DepositedMinor">Received from sponsors.</param>
/// <param name="DonatedMinor">Paid by donors into its pool.</param>
/// <param name="GrantedMinor">Given to wishes.</param>
/// <param name="MatchedMinor">Given to wishes because a donor gave.</param>
/// <param name="LeftOverMinor">Come back from wishes that needed less.</param>
/// <param name="WishesByStatus">How many of its published wishes are in each state.</param>
public sealed record ProjectBudget(
    ProjectRow Row, long DepositedMinor, long DonatedMinor, long GrantedMinor, long MatchedMinor, long LeftOverMinor,
    IReadOnlyDictionary<WishStatus, long> WishesByStatus);

/// <summary>The budgets of projects.</summary>
public sealed class BudgetQueries(JournalReader reader, ProjectQueries projects)
{
    /// <summary>The opened projects of the foundations for which an account is a sponsor, newest first.</summary>
    public async Task<IReadOnlyList<ProjectBudget>> OfSponsor(Actor sponsor, Guid? after, int limit)
    {
        var foundations = sponsor.Roles.Where(held => held.Role == Role.Sponsor && held.Foundation is not null)
            .Select(held => held.Foundation!.Value).Distinct().ToArray();
        var rows = await projects.OfFoundations(foundations, after, limit);
        var budgets = new List<ProjectBudget>(rows.Count);
        foreach (var row in rows) budgets.Add(await BudgetOf(row));
        return budgets;
    }

    private async Task<ProjectBudget> BudgetOf(ProjectRow row)
    {
        var sums = (await reader.Query(
            """
            SELECT code, CAST(SUM(amount_minor) AS bigint) FROM transfers
            WHERE credit = @account AND kind IN (1, 3) GROUP BY code
            UNION ALL
            SELECT -code, CAST(SUM(amount_minor) AS bigint) FROM transfers
            WHERE debit = @account AND kind IN (1, 3) GROUP BY code
            """,
            sum => (Code: sum.Code(0), AmountMinor: sum.Number(1)), ("account", row.Project.Account.Value)))
            .ToDictionary(sum => sum.Code, sum => sum.AmountMinor);
        var wishes = await reader.Query(
            "SELECT status, COUNT(*) FROM wall WHERE project_id = @project GROUP BY status",
            count => (Status: Names.Parse<WishStatus>(count.Text(0))!.Value, Wishes: count.Number(1)),
            ("project", row.Project.Id.Value));
        long In(TransferCode code) => sums.GetValueOrDefault((short)code);
        long Out(TransferCode code) => sums.GetValueOrDefault((short)-(short)code);
        return new ProjectBudget(
            row, In(TransferCode.Deposit), In(TransferCode.Pledge),
            Out(TransferCode.Grant), Out(TransferCode.Match),
            In(TransferCode.Leftover), wishes.ToDictionary(count => count.Status, count => count.Wishes));
    }
}
