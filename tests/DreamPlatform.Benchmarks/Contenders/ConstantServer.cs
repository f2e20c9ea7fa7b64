namespace DreamPlatform.Benchmarks.Contenders;

/// <summary>U0: what HTTP and JSON alone cost. The body is read, the answer is always the same.</summary>
internal static class ConstantServer
{
    public static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(ServeOptions.AnyPort);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var answer = new PledgeAnswer(Guid.Empty, "Reserved", Guid.Empty, 100, DateTimeOffset.UnixEpoch, new PaymentAnswer("/pay"));
        app.MapPost("/api/wishes/{id:guid}/pledges", (Guid id, PledgeRequest body) => TypedResults.Created((string?)null, answer));
        return app;
    }
}

/// <summary>What a pledge asks for, in the peers' servers.</summary>
internal sealed record PledgeRequest(long AmountMinor, bool Anonymous = false, string? Message = null);

/// <summary>What they answer.</summary>
internal sealed record PledgeAnswer(
    Guid Id, string Status, Guid WishId, long AmountMinor, DateTimeOffset PayBy, PaymentAnswer Payment);

internal sealed record PaymentAnswer(string Url);
