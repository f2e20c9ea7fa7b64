using DreamPlatform.Domain.Pledges;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Payments;

/// <summary>A payment provider: where donors pay, and what it tells us afterwards.</summary>
public interface IPaymentGateway
{
    /// <summary>Its name in addresses, in the ledger and in the journal; never changed.</summary>
    string Name { get; }

    /// <summary>The address of the page on which a pledge is paid.</summary>
    string PaymentPage(Pledge pledge);

    /// <summary>
    /// Reads a webhook after verifying its signature over the raw body; null when it is not genuine.
    /// </summary>
    PaymentNotice? Verify(IHeaderDictionary headers, ReadOnlySpan<byte> body);
}

/// <summary>What a provider says happened to a payment.</summary>
/// <param name="PaymentId">The provider's id of the payment, at most 100 characters.</param>
public sealed record PaymentNotice(string PaymentId, Guid PledgeId, PaymentResult Result, long AmountMinor);

/// <summary>How an attempt to pay ended.</summary>
public enum PaymentResult
{
    Paid,
    Failed,
}

/// <summary>The providers that are configured.</summary>
public sealed class PaymentGateways(IEnumerable<IPaymentGateway> gateways, IOptions<PaymentSettings> settings)
{
    private readonly Dictionary<string, IPaymentGateway> byName = gateways
        .Where(gateway => gateway.Name != SandboxGateway.GatewayName || settings.Value.Sandbox.Enabled)
        .ToDictionary(gateway => gateway.Name);

    /// <summary>The provider that new pledges are paid through; the sandbox is the only one so far.</summary>
    public string Default => SandboxGateway.GatewayName;

    public IPaymentGateway? Find(string name) => byName.GetValueOrDefault(name);

    public string PaymentPage(Pledge pledge) => Find(pledge.Gateway)?.PaymentPage(pledge) ?? "";
}
