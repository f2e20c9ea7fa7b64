using DreamPlatform.Domain.Ledger;
using DreamPlatform.Domain.Pledges;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Storage.Tests.Commits;

public sealed class OverflowTests
{
    /// <summary>An account without a limit is added to in the database, where a sum too large must not become inexact.</summary>
    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task A_sum_that_is_too_large_is_refused_and_spoils_nothing(string database)
    {
        await using var journal = new TestJournal(database);
        var log = journal.Log();
        var gateway = Gateway.Named("sandbox").Stream;
        static Envelope Stray(string payment) => World.Envelope(
            Actor.Platform, new RecordPayment(new PledgeId(Guid.CreateVersion7()), "sandbox", payment, long.MaxValue - 1));
        Assert.IsType<CommandAccepted>((await journal.Execute(log, gateway, Stray("p-1")))[0]);

        Assert.IsNotType<CommandAccepted>((await journal.Execute(log, gateway, Stray("p-2")))[0]);

        Assert.Equal(long.MaxValue - 1, (await journal.BalanceOf(LedgerAccount.Suspense)).CreditsPostedMinor);
        journal.AssertSound();
    }
}
