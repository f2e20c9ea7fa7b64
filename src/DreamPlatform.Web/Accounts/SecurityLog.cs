using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Accounts;

/// <summary>
/// What is asked after a break-in: who signed in, what was refused to whom, who opened which door (OWASP ASVS 5.0,
/// 16.3). One line each in a category of its own. It has ids and codes only; where somebody comes from is a keyed hash,
/// that tells two places apart and no more.
/// </summary>
public sealed partial class SecurityLog(
    ILoggerFactory loggers, IHttpContextAccessor requests, PlatformSecret secret)
{
    /// <summary>The category, for filters.</summary>
    public const string Category = "DreamPlatform.Security";

    private const int PlaceLetters = 12;

    private readonly ILogger log = loggers.CreateLogger(Category);

    /// <summary>Something that was done.</summary>
    /// <param name="what">In the past tense, such as <c>role-given</c>.</param>
    /// <param name="account">Whose account it is about; null if there is none.</param>
    /// <param name="detail">Ids and codes, never what somebody typed.</param>
    public void Done(string what, Guid? account, string? detail = null) =>
        Done(log, what, account, Actor, Place, detail);

    /// <summary>Somebody was not let in or had to wait.</summary>
    public void Refused(HttpContext http, int status, string code) => Refused(
        log, status, code, http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, Actor,
        Place);

    /// <summary>Who sent the request; null if they are not signed in, or nobody sent one.</summary>
    private Guid? Actor => requests.HttpContext is { } http ? Caller.Of(http)?.Id.Value : null;

    private string? Place => requests.HttpContext is { } http
        ? secret.IdOf($"place/{ClientAddress.Of(http)}").ToString("N")[..PlaceLetters]
        : null;

    [LoggerMessage(1, LogLevel.Information, "{What}: account {Account}, by {Actor} from {Place} {Detail}")]
    private static partial void Done(
        ILogger log, string what, Guid? account, Guid? actor, string? place, string? detail);

    [LoggerMessage(2, LogLevel.Information, "refused: {Status} {Code} at {Method} {Route}, to {Actor} from {Place}")]
    private static partial void Refused(
        ILogger log, int status, string code, string method, string? route, Guid? actor, string? place);
}
