using System.Text.Json.Serialization;

namespace DreamPlatform.Domain.Wishes;

/// <summary>What a claim is about that was checked.</summary>
public enum ClaimKind
{
    [JsonStringEnumMemberName("identity")] Identity = 1,
    [JsonStringEnumMemberName("address")] Address,
    [JsonStringEnumMemberName("need")] Need,
    [JsonStringEnumMemberName("price")] Price,
    [JsonStringEnumMemberName("payee")] Payee,
}

/// <summary>Whether a claim holds.</summary>
public enum CheckResult
{
    [JsonStringEnumMemberName("confirmed")] Confirmed = 1,
    [JsonStringEnumMemberName("partly")] Partly,
    [JsonStringEnumMemberName("doubtful")] Doubtful,
}

/// <summary>How a claim was checked.</summary>
public enum CheckMethod
{
    [JsonStringEnumMemberName("call")] Call = 1,
    [JsonStringEnumMemberName("video")] Video,
    [JsonStringEnumMemberName("visit")] Visit,
    [JsonStringEnumMemberName("papers")] Papers,

    /// <summary>Somebody was asked who knows of it.</summary>
    [JsonStringEnumMemberName("others")] Others,

    /// <summary>Prices were compared.</summary>
    [JsonStringEnumMemberName("prices")] Prices,
}

/// <summary>
/// What everybody may know of a claim that was checked, once the wish is published: codes, and nothing that anybody
/// wrote. The claim itself, what was found and what shows it are findings, and private.
/// </summary>
/// <param name="Method">Null where the reviewer did not say.</param>
public sealed record ClaimCheck(ClaimKind Kind, CheckResult Result, CheckMethod? Method = null);
