using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Commits;

namespace DreamPlatform.Storage.Tests.Commits;

public sealed class MetricsTests
{
    [Fact]
    public async Task Batches_their_time_the_queue_and_refusals_by_code_are_measured()
    {
        var measured = new ConcurrentBag<(string Name, double Value, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == Metrics.MeterName) listening.EnableMeasurementEvents(instrument);
            },
        };
        Listen<int>(listener, measured);
        Listen<long>(listener, measured);
        Listen<double>(listener, measured);
        listener.Start();
        await using var journal = new TestJournal("sqlite");
        var world = new World(journal, journal.Log());
        await world.OpenProject();
        var wish = await world.FundingWish(goalMinor: 100);

        await world.Do(wish.Stream, World.Donor, World.Pledge(101));
        await world.Do(wish.Stream, World.Reviewer, new ClaimWish());
        listener.RecordObservableInstruments();

        Assert.Contains(measured, it => it is { Name: "dreamplatform.commitlog.batch.size", Value: 1 });
        Assert.Contains(measured, it => it is { Name: "dreamplatform.commitlog.batch.duration", Value: > 0 });
        Assert.Contains(measured, it => it.Name == "dreamplatform.commitlog.queue.length");
        Assert.Contains(measured, it => it is
        {
            Name: "dreamplatform.commitlog.refusals", Tags: "code=amount-exceeds-remaining",
        });
        Assert.Contains(measured, it => it is { Name: "dreamplatform.commitlog.refusals", Tags: "code=wish-not-submitted" });
    }

    private static void Listen<T>(MeterListener listener, ConcurrentBag<(string, double, string)> measured) where T : struct =>
        listener.SetMeasurementEventCallback<T>((instrument, value, tags, _) => measured.Add((
            instrument.Name, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
            string.Join(",", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
}
