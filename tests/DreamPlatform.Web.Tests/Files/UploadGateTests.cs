using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Files;

namespace DreamPlatform.Web.Tests.Files;

/// <summary>Who sends much waits for themselves, not others for them.</summary>
public sealed class UploadGateTests
{
    private readonly UploadGate gate = new();

    [Fact]
    public async Task One_upload_of_an_account_has_a_turn_at_a_time_and_others_need_not_wait_for_it()
    {
        var (one, other) = (Somebody(), Somebody());
        using var first = gate.Enter(one)!;
        using var second = gate.Enter(one)!;
        using var others = gate.Enter(other)!;

        await first.TakeTurn(TestContext.Current.CancellationToken);
        var waiting = second.TakeTurn(TestContext.Current.CancellationToken);
        await others.TakeTurn(TestContext.Current.CancellationToken);

        Assert.False(waiting.IsCompleted);
        first.Dispose();
        await waiting;
    }

    [Fact]
    public void An_account_sends_a_few_files_at_once_and_no_more()
    {
        var one = Somebody();
        var passes = Enumerable.Range(0, UploadGate.MaxPerAccount).Select(_ => gate.Enter(one)!).ToArray();
        Assert.Null(gate.Enter(one));

        passes[0].Dispose();
        passes[0].Dispose();

        Assert.NotNull(gate.Enter(one));
        Assert.Null(gate.Enter(one));
    }

    private static AccountId Somebody() => new(Guid.CreateVersion7());
}
