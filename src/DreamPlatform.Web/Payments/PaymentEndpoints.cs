using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Owners;
using DreamPlatform.Storage.Queries;
using DreamPlatform.Web.Errors;
using DreamPlatform.Web.Http;

namespace DreamPlatform.Web.Payments;

/// <param name="Result">paid or failed.</param>
public sealed record CashierBody(string Result);

/// <param name="Received">Always true: what was sent has been understood, now or before.</param>
public sealed record WebhookAnswer(bool Received);

/// <summary>What payment providers send, and the sandbox's cashier.</summary>
public static class PaymentEndpoints
{
    private const int MaxWebhookBytes = 64 * 1024;

    public static void MapPaymentEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/payments").WithTags("Payments");
        group.MapPost("webhook/{gateway}", Webhook).IsPublic<WebhookAnswer>(
            "receivePayment", (401, "webhook-not-genuine"), (422, "amount-out-of-range"),
            (422, "idempotency-key-reused"), (404, "not-found"), (413, "body-too-large"), (503, "busy"),
            (503, "outcome-unknown")).WithMetadata(RateLimits.Webhook.Instance);
        group.MapPost("sandbox/{pledgeId:guid}", Cashier).IsPublic<WebhookAnswer>(
            "payInSandbox", (404, "not-found"), (503, "busy"), (503, "outcome-unknown"));
        group.MapGet("sandbox/{pledgeId:guid}", CashierPage).IsPublic<CashierView>(
            "getSandboxPayment", (404, "not-found"));
    }

    /// <summary>Takes a provider's signed notice. Repeats and late arrivals are harmless.</summary>
    internal static async Task<IResult> Webhook(
        string gateway, HttpContext http, PaymentGateways gateways, PaymentDesk desk)
    {
        if (gateways.Find(gateway) is not { } provider) return Answers.NotFound;
        if (await ReadBody(http) is not { } body)
            throw new BadHttpRequestException("The webhook is too large.", StatusCodes.Status413PayloadTooLarge);
        return provider.Verify(http.Request.Headers, body) is { } notice
            ? await desk.Take(provider.Name, notice)
            : Problems.Of(
                401, "webhook-not-genuine", "The signature, its time or the body is not what the provider would send.");
    }

    /// <summary>Plays the sandbox's cashier, who then sends the signed webhook.</summary>
    internal static async Task<IResult> Cashier(
        Guid pledgeId, CashierBody body, PledgeQueries pledges, PaymentGateways gateways, SandboxGateway sandbox,
        PaymentDesk desk)
    {
        if (gateways.Find(SandboxGateway.GatewayName) is null || await pledges.Find(pledgeId) is not { } pledge)
            return Answers.NotFound;
        PaymentResult? result = body.Result switch
        {
            "paid" => PaymentResult.Paid,
            "failed" => PaymentResult.Failed,
            _ => null,
        };
        if (result is null) return new Check().That(false, "result", "Must be paid or failed.").Problem!;
        var (raw, signature) = sandbox.Sign(
            new PaymentNotice($"sandbox-{pledgeId}", pledgeId, result.Value, pledge.AmountMinor));
        var headers = new HeaderDictionary { [SandboxGateway.SignatureHeader] = signature };
        return await desk.Take(sandbox.Name, sandbox.Verify(headers, raw)!);
    }

    /// <summary>What there is to pay; people do it at /pay.</summary>
    internal static async Task<IResult> CashierPage(Guid pledgeId, PledgeQueries pledges, PaymentGateways gateways) =>
        gateways.Find(SandboxGateway.GatewayName) is not null && await pledges.Find(pledgeId) is { } pledge
            ? TypedResults.Ok(new CashierView(
                pledgeId, pledge.AmountMinor, Storage.Journal.Names.Of(pledge.Status), pledge.PayBy))
            : Answers.NotFound;

    private static async Task<byte[]?> ReadBody(HttpContext http)
    {
        using var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer)) > 0)
        {
            if (body.Length + read > MaxWebhookBytes) return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}

/// <summary>What the sandbox's cashier asks for.</summary>
/// <param name="PayBy">Unpaid at this time, the pledge lapses.</param>
public sealed record CashierView(Guid PledgeId, long AmountMinor, string Status, DateTimeOffset PayBy);

/// <summary>Sends a payment to whoever owns its pledge, or keeps it with its gateway when nobody does.</summary>
public sealed class PaymentDesk(IGrainFactory grains, PledgeQueries pledges)
{
    public async Task<IResult> Take(string gateway, PaymentNotice notice)
    {
        // A failed attempt changes nothing: the pledge waits until its time to pay is over.
        if (notice.Result == PaymentResult.Failed) return Received;
        var pledge = await pledges.Find(notice.PledgeId);
        var owner = pledge?.Target ?? Gateway.Named(gateway).Stream;
        var name = $"{gateway}/{notice.PaymentId}/{notice.Result}";
        var command = new RecordPayment(new PledgeId(notice.PledgeId), gateway, notice.PaymentId, notice.AmountMinor);
        var envelope = new Envelope(
            new CommandId(Derived.Id(name)), Actor.Platform,
            new Fingerprint(Derived.Id($"{name}/{notice.PledgeId}/{notice.AmountMinor}")), command);
        return await grains.GetOwner(owner).Execute(envelope).Answer<StreamState>((_, _) => Received);
    }

    private static IResult Received => TypedResults.Ok(new WebhookAnswer(true));
}
