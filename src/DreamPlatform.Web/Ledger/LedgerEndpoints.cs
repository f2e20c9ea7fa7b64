using DreamPlatform.Domain.Ledger;
using DreamPlatform.Storage;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Ledger;

/// <summary>A transfer as everybody may see it.</summary>
/// <param name="Kind">direct, pending, post or void.</param>
/// <param name="Purpose">pledge, deposit, grant, match, disbursement, leftover, refund, move or suspense.</param>
/// <param name="Resolves">The pending transfer that a post or void resolves.</param>
/// <param name="Message">What a donor wrote to everybody with the pledge.</param>
/// <param name="DonorName">The name a donor shows; null for anonymous ones and for what is no pledge.</param>
public sealed record TransferAnswer(
    Guid Id, string Kind, string Purpose, string Debit, string Credit, long AmountMinor, string Currency,
    Guid? Resolves, DateTimeOffset At, string? DonorName, string? Message)
{
    internal static TransferAnswer Of(TransferView view, string currency) => new(
        view.Id.Value, KindNames.Of(view.Kind), KindNames.Of(view.Code), view.Debit.Value, view.Credit.Value,
        view.AmountMinor, currency, view.Resolves?.Value, view.At, view.DonorName, view.Message);
}

/// <summary>All accounts with their balances.</summary>
/// <param name="Balanced">Whether debits equal credits, pending and posted.</param>
public sealed record TrialBalance(
    string Currency, long DebitsPendingMinor, long DebitsPostedMinor, long CreditsPendingMinor, long CreditsPostedMinor,
    bool Balanced, IReadOnlyList<AccountAnswer> Items, string? Next);

public sealed record AccountAnswer(
    string Id, long DebitsPendingMinor, long DebitsPostedMinor, long CreditsPendingMinor, long CreditsPostedMinor);

/// <summary>The ledger, open to everybody.</summary>
public static class LedgerEndpoints
{
    private const byte TransferList = 6;

    public static void MapLedgerEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/ledger").WithTags("Ledger");
        group.MapGet("trial-balance", Balance).IsPublic<TrialBalance>("getTrialBalance");
        group.MapGet("accounts/{id}/transfers", AccountTransfers).IsPublic<Listing<TransferAnswer>>(
            "listTransfers", (404, "not-found"));
    }

    /// <summary>The sum of everything, and the accounts by name.</summary>
    internal static async Task<IResult> Balance(Page page, LedgerQueries ledger, JournalOptions journal)
    {
        var total = await ledger.Total();
        var rows = await ledger.Accounts(page.After ?? "", page.Limit + 1);
        var shown = rows.Take(page.Limit).ToArray();
        return TypedResults.Ok(new TrialBalance(
            journal.Currency, total.DebitsPendingMinor, total.DebitsPostedMinor, total.CreditsPendingMinor,
            total.CreditsPostedMinor, total.IsBalanced,
            [.. shown.Select(row => new AccountAnswer(
                row.Account.Value, row.Balance.DebitsPendingMinor, row.Balance.DebitsPostedMinor,
                row.Balance.CreditsPendingMinor, row.Balance.CreditsPostedMinor))],
            rows.Count > page.Limit ? shown[^1].Account.Value : null));
    }

    /// <summary>An account's transfers, oldest first.</summary>
    internal static async Task<IResult> AccountTransfers(
        string id, Page page, LedgerQueries ledger, JournalOptions journal) =>
        await ledger.Find(id) is null ? Answers.NotFound : await Transfers(id, page, ledger, journal);

    internal static async Task<IResult> Transfers(
        string account, Page page, LedgerQueries ledger, JournalOptions journal)
    {
        var rows = await ledger.Transfers(account, page.Cursor(TransferList)?.Id, page.Limit + 1);
        return TypedResults.Ok(page.Of(rows, row => new Cursor(TransferList, 0, row.Id.Value))
            .Select(row => TransferAnswer.Of(row, journal.Currency)));
    }
}

/// <summary>Names of kinds and purposes as callers see them.</summary>
internal static class KindNames
{
    public static string Of(TransferKind kind) => kind switch
    {
        TransferKind.Direct => "direct",
        TransferKind.Pending => "pending",
        TransferKind.Post => "post",
        TransferKind.Void => "void",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Of(TransferCode code) => code switch
    {
        TransferCode.Pledge => "pledge",
        TransferCode.Deposit => "deposit",
        TransferCode.Grant => "grant",
        TransferCode.Match => "match",
        TransferCode.Disbursement => "disbursement",
        TransferCode.Leftover => "leftover",
        TransferCode.Refund => "refund",
        TransferCode.Move => "move",
        TransferCode.Suspense => "suspense",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };
}
