using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;

namespace DreamPlatform.Web.Accounts;

/// <summary>
/// Remembers what tokens say, since decrypting one costs more than all else that signing in does. Whether a token is
/// still good is asked at every request: its expiry by the handler, its account's stamp by <see cref="Callers"/>.
/// </summary>
internal sealed class KnownTokens(ISecureDataFormat<AuthenticationTicket> protector)
    : ISecureDataFormat<AuthenticationTicket>
{
    private const int MaxKept = 5_000;

    private readonly ConcurrentDictionary<string, AuthenticationTicket> kept = new(StringComparer.Ordinal);

    public string Protect(AuthenticationTicket data) => protector.Protect(data);

    public string Protect(AuthenticationTicket data, string? purpose) => protector.Protect(data, purpose);

    public AuthenticationTicket? Unprotect(string? protectedText)
    {
        if (protectedText is null) return null;
        if (kept.TryGetValue(protectedText, out var known)) return known;
        var ticket = protector.Unprotect(protectedText);
        if (ticket is null) return null;
        if (kept.Count >= MaxKept) kept.Clear();
        return kept[protectedText] = ticket;
    }

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) =>
        protector.Unprotect(protectedText, purpose);
}
