using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Site.Forms;
using DreamPlatform.Web.Site.Proofs;
using DreamPlatform.Web.Wishes;
using Microsoft.Extensions.Localization;

namespace DreamPlatform.Web.Site.Reviews;

/// <summary>Reads a recommendation off the reviewer's form.</summary>
internal static class Recommendation
{
    /// <summary>How many claims the form has.</summary>
    public static int ClaimsOf(Posted posted)
    {
        var claims = 0;
        while (posted.Form.ContainsKey(ClaimName(claims, "claim"))) claims++;
        return claims;
    }

    /// <summary>What was checked before, else what usually is.</summary>
    public static IReadOnlyList<CheckBody> FirstClaims(CaseFile file, IStringLocalizer<ReviewText> text) =>
        file.Shown.Review?.Checks ?? [.. Enum.GetValues<ClaimKind>()
            .Select(kind => new CheckBody(text[$"claim.{Names.Of(kind)}"], "", new([]), kind))];

    /// <summary>How many claims the form shows.</summary>
    public static int RowsOf(FormState state, IReadOnlyList<CheckBody> first) => state.Posted is { } posted
        ? ClaimsOf(posted) + (posted.Text("act") == "add" ? 1 : 0)
        : first.Count;

    public static string ClaimName(int number, string part) => $"checks[{number}].{part}";

    public static string AmountName(int number) => $"items[{number}].amountMinor";

    /// <summary>The recommendation; a claim about which nothing is said was not checked, and is left out.</summary>
    public static RecommendBody Read(Posted posted, FormFiles files, Wish wish, IReadOnlyList<int> claims)
    {
        var (title, story) = (posted.Text("publicText.title"), posted.Text("publicText.story"));
        return new RecommendBody(
            posted.RequiredAmount("amountMinor"), posted.Required("findings"),
            [.. claims.Select(i => new CheckBody(
                posted.Text(ClaimName(i, "claim")) ?? "", posted.Text(ClaimName(i, "result")) ?? "",
                files.Read(posted, ClaimName(i, "evidence")),
                Names.Parse<ClaimKind>(posted.Text(ClaimName(i, "kind")) ?? ""),
                Names.Parse<CheckMethod>(posted.Text(ClaimName(i, "method")) ?? "")))],
            [.. wish.Items.Select((item, i) => new ItemAmountBody(item.Id.Value, posted.RequiredAmount(AmountName(i))))],
            title is null && story is null ? null : new PublicTextBody(title ?? "", story ?? ""));
    }

    /// <summary>The numbers of the claims that something is said about.</summary>
    public static IReadOnlyList<int> Checked(Posted posted, FormFiles files) =>
        [.. Enumerable.Range(0, ClaimsOf(posted)).Where(i => posted.Text(ClaimName(i, "result")) is not null
            || files.Read(posted, ClaimName(i, "evidence")) is not { FileIds.Count: 0, Statement: null })];

    /// <summary>The claims that were sent have other numbers than those of the form: says it beside the right ones.</summary>
    public static async Task<IResult> AsOnForm(this Task<IResult> answering, IReadOnlyList<int> claims)
    {
        var result = await answering;
        if (PageResult.ProblemOf(result) is not { } problem
            || !problem.Extensions.TryGetValue("errors", out var found)) return result;
        var check = new Check();
        foreach (var (field, sentences) in (IReadOnlyDictionary<string, string[]>)found!)
        {
            foreach (var sentence in sentences) check.That(false, Renamed(field, claims), sentence);
        }

        return check.Problem!;
    }

    /// <summary>Words are asked for where there are neither words nor files: the files stand elsewhere.</summary>
    private static string Renamed(string field, IReadOnlyList<int> claims)
    {
        const string Start = "checks[", Evidence = ".evidence";
        var end = field.IndexOf(']', StringComparison.Ordinal);
        if (!field.StartsWith(Start, StringComparison.Ordinal) || !int.TryParse(field[Start.Length..end], out var sent))
            return field;
        var part = field[(end + 1)..];
        return ClaimName(claims[sent], part == Evidence ? $"{Evidence[1..]}.statement" : part[1..]);
    }
}
