using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DreamPlatform.Domain.Pledges;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Payments;

/// <summary>
/// A provider that moves no money, for demos and tests. Its webhook carries the time and an HMAC-SHA-256 over time and
/// raw body in the header <c>Sandbox-Signature: t=…,v1=…</c>.
/// </summary>
public sealed class SandboxGateway(IOptions<PaymentSettings> settings, TimeProvider time) : IPaymentGateway
{
    public const string GatewayName = "sandbox", SignatureHeader = "Sandbox-Signature";

    /// <summary>How far its clock and ours may differ.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(300);

    private const int MaxPaymentIdLength = 100;

    public string Name => GatewayName;

    public string PaymentPage(Pledge pledge) => $"/pay/{pledge.Id}";

    public PaymentNotice? Verify(IHeaderDictionary headers, ReadOnlySpan<byte> body) =>
        IsSigned(headers[SignatureHeader].ToString(), body) ? Read(body) : null;

    /// <summary>A notice as the sandbox would send it: its body and its signature.</summary>
    public (byte[] Body, string Signature) Sign(PaymentNotice notice)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new Webhook(
                notice.PaymentId, notice.PledgeId, notice.Result == PaymentResult.Paid ? "paid" : "failed",
                notice.AmountMinor),
            JsonSerializerOptions.Web);
        var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return (body, $"t={at},v1={Convert.ToHexStringLower(Mac(at, body))}");
    }

    private bool IsSigned(string header, ReadOnlySpan<byte> body)
    {
        if (header.Split(',') is not [['t', '=', .. var at], ['v', '1', '=', .. var given]]) return false;
        if (!long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) > Window.TotalSeconds) return false;
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Mac(at, body))), Encoding.ASCII.GetBytes(given));
    }

    private byte[] Mac(string at, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(settings.Value.Sandbox.Secret!));
        hash.AppendData(Encoding.ASCII.GetBytes(at + "."));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static PaymentNotice? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<Webhook>(body, JsonSerializerOptions.Web) switch
            {
                { PaymentId.Length: > 0 and <= MaxPaymentIdLength, Result: "paid" } paid =>
                    new PaymentNotice(paid.PaymentId, paid.PledgeId, PaymentResult.Paid, paid.AmountMinor),
                { PaymentId.Length: > 0 and <= MaxPaymentIdLength, Result: "failed" } failed =>
                    new PaymentNotice(failed.PaymentId, failed.PledgeId, PaymentResult.Failed, failed.AmountMinor),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Webhook(string PaymentId, Guid PledgeId, string Result, long AmountMinor);
}
