using CsCheck;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Storage.Tests.Commits;

/// <summary>Random commands against the real commit log, beside an independent model.</summary>
public sealed class PropertyTests
{
    private const int Iterations = 25;

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Enum<Act>(), Gen.Int[0, 99], Gen.Int[0, 99], Gen.Long[1, 60],
        Gen.Frequency((10, Gen.Const(Twist.None)), (6, Gen.Enum<Twist>())),
        (act, who, what, amount, twist) => new Step(act, who, what, amount, twist));

    private static readonly Gen<Step[][]> AnyBatches = AnyStep.Array[1, 16].Array[1, 8];

    [Theory, MemberData(nameof(TestJournal.Kinds), MemberType = typeof(TestJournal))]
    public async Task Whatever_is_sent_the_journal_does_what_the_model_says_and_stays_sound(string database)
    {
        await using var journal = new TestJournal(database);
        var log = journal.Log();
        await AnyBatches.SampleAsync(
            async batches =>
            {
                var run = await PropertyRun.Start(journal, log);
                foreach (var batch in batches)
                {
                    await run.Send(batch);
                    await run.CompareBooks();
                    journal.AssertSound();
                }

                await run.ReissueAll();
            },
            iter: Iterations, threads: 1, print: batches => string.Join(" ; ", batches.Select(batch => string.Join(", ", batch.Select(step => step.ToString())))));
    }
}

internal enum Act
{
    Pledge, PledgeAgain, Pay, PayAgain, PayWrongly, Cancel, Lapse, Wait, Grant, Deposit, Order, Deliver, CancelItem,
    Confirm, CloseProject, ShowName, PayUnknown, MakeRuleFail,
}

internal enum Twist
{
    None, Twice, Repeat, OtherContent, OtherActor, Stale,
}

internal sealed record Step(Act Act, int Who, int What, long AmountMinor, Twist Twist)
{
    public override string ToString() => $"{Act}({Who}, {What}, {AmountMinor}){(Twist == Twist.None ? "" : $" {Twist}")}";
}

/// <summary>One command that was accepted, with how.</summary>
internal sealed record Done(StreamId Owner, Envelope Envelope, string State, long Version)
{
    public static string Json(CommandAccepted accepted) => JournalJson.Write(accepted.State);
}
