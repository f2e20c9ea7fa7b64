using System.Globalization;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Queries;

namespace DreamPlatform.Web.Site.Giving;

/// <summary>A source or an item, and the band between it and the wish.</summary>
/// <param name="Shade">The class that colours it.</param>
/// <param name="TopMinor">Where it begins, in minor units from the top of the picture.</param>
/// <param name="MiddleMinor">Where its band meets the wish.</param>
/// <param name="AmountMinor">What came by its band.</param>
/// <param name="BackMinor">What of that was not spent and went back to the project: the lower part.</param>
/// <param name="MissingMinor">What is still needed for it.</param>
internal sealed record FlowEnd(
    string Name, string Shade, long TopMinor, long MiddleMinor, long AmountMinor, long BackMinor, long MissingMinor)
{
    public long SpentMinor => AmountMinor - BackMinor;
}

/// <summary>
/// Where the parts of the picture are. One unit of height is one minor unit, so every width is exact; the picture as a
/// whole is scaled to so many minor units a pixel.
/// </summary>
internal sealed class FlowDrawing
{
    public const int Width = 1000, EndWidth = 26, MiddleLeft = 470, MiddleWidth = 60;

    private const int Tall = 320, Slot = 66, Gap = 12, Top = 72, Bottom = 44, MaxSources = 5;

    private readonly long minorPerPixel;

    private FlowDrawing(
        WishFlow flow, bool isCollecting, Func<FlowSource, string> sourceName, Func<FlowItem, string> itemName)
    {
        long Missing(long neededMinor) => isCollecting ? Math.Max(neededMinor, 0) : 0;
        var parts = Shares(flow);
        var sources = Few(flow.Sources);
        CollectedMinor = sources.Sum(source => source.AmountMinor);
        MissingMinor = Missing(flow.GoalMinor - flow.ReceivedMinor + flow.ReturnedMinor);
        var middle = CollectedMinor + MissingMinor;
        minorPerPixel = Math.Max(1, (middle + Tall - 1) / Tall);
        var (left, right) = (
            Column(sources.Select(it => it.AmountMinor)), Column(flow.Items.Select(it => it.Money.TotalMinor)));
        var tallest = Math.Max(middle, Math.Max(left.HeightMinor, right.HeightMinor));
        MiddleTopMinor = TopMinor + ((tallest - middle) / 2);
        Sources = [.. Ends(
            sources.Select(it => (sourceName(it), Shade(it.Kind), it.AmountMinor, 0L, 0L)), left.TopsMinor,
            TopMinor + ((tallest - left.HeightMinor) / 2))];
        Items = [.. Ends(
            flow.Items.Select((it, i) => (
                itemName(it), "f2", parts[i], Math.Min(it.Money.LeftOverMinor, parts[i]),
                Missing(it.Money.TotalMinor - parts[i]))),
            right.TopsMinor, TopMinor + ((tallest - right.HeightMinor) / 2))];
        HeightMinor = tallest + ((Top + Bottom) * minorPerPixel);
    }

    public IReadOnlyList<FlowEnd> Sources { get; }

    public IReadOnlyList<FlowEnd> Items { get; }

    public long MiddleTopMinor { get; }

    /// <summary>All that came in.</summary>
    public long CollectedMinor { get; }

    public long MissingMinor { get; }

    public long HeightMinor { get; }

    /// <summary>In pixels.</summary>
    public long Height => HeightMinor / minorPerPixel;

    private long TopMinor => Top * minorPerPixel;

    public static FlowDrawing Of(
        WishFlow flow, bool isCollecting, Func<FlowSource, string> sourceName, Func<FlowItem, string> itemName) =>
        new(flow, isCollecting, sourceName, itemName);

    /// <summary>What has come for each item: of all that is there, in proportion to what each needs.</summary>
    public static IReadOnlyList<long> Shares(WishFlow flow) =>
        flow.Items.Sum(item => item.Money.TotalMinor) == 0
            ? [.. flow.Items.Select(_ => 0L)]
            : Money.Rescale(
                [.. flow.Items.Select(item => item.Money.TotalMinor)], flow.ReceivedMinor - flow.ReturnedMinor);

    /// <summary>Where a text goes, in pixels from the top.</summary>
    public long PixelOf(long minor) => minor / minorPerPixel;

    public static string PathOf(FlowEnd end, bool isSource) =>
        Path(end.TopMinor, end.MiddleMinor, end.SpentMinor, isSource);

    /// <summary>The part of the band that nothing was bought with.</summary>
    public static string PathBack(FlowEnd end) => Path(
        end.TopMinor + end.SpentMinor, end.MiddleMinor + end.SpentMinor, end.BackMinor, isSource: false);

    private static string Path(long endMinor, long middleMinor, long height, bool isSource)
    {
        var (from, to) = isSource ? (EndWidth, MiddleLeft) : (MiddleLeft + MiddleWidth, Width - EndWidth);
        var (a, b) = isSource ? (endMinor, middleMinor) : (middleMinor, endMinor);
        var bend = (from + to) / 2;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"M{from} {a}C{bend} {a} {bend} {b} {to} {b}V{b + height}C{bend} {b + height} {bend} {a + height} {from} {a + height}Z");
    }

    /// <summary>The largest by themselves, what is left of the donors together: a picture of twenty is none.</summary>
    private static IReadOnlyList<FlowSource> Few(IReadOnlyList<FlowSource> sources)
    {
        if (sources.Count <= MaxSources) return sources;
        var projects = sources.Where(source => source.Kind is FlowSourceKind.Grant or FlowSourceKind.Match).ToArray();
        var shown = sources.Except(projects).Where(source => source.Kind == FlowSourceKind.Donor)
            .Take(MaxSources - 1 - projects.Length).ToArray();
        var others = sources.Except(projects).Except(shown).ToArray();
        return
        [
            .. shown,
            new FlowSource(
                FlowSourceKind.OtherDonors, null, others.Sum(it => it.AmountMinor), others.Sum(it => it.Gifts)),
            .. projects,
        ];
    }

    private static string Shade(FlowSourceKind kind) => kind switch
    {
        FlowSourceKind.Grant => "f1",
        FlowSourceKind.Match => "f3",
        _ => "f2",
    };

    /// <summary>One below the other, each with room for its words.</summary>
    private (IReadOnlyList<long> TopsMinor, long HeightMinor) Column(IEnumerable<long> heights)
    {
        var (tops, next) = (new List<long>(), 0L);
        foreach (var height in heights)
        {
            tops.Add(next);
            next += Math.Max(height, Slot * minorPerPixel) + (Gap * minorPerPixel);
        }

        return (tops, Math.Max(next - (Gap * minorPerPixel), 0));
    }

    private IEnumerable<FlowEnd> Ends(
        IEnumerable<(string Name, string Shade, long AmountMinor, long BackMinor, long MissingMinor)> ends,
        IReadOnlyList<long> tops, long firstMinor)
    {
        var (i, middle) = (0, MiddleTopMinor);
        foreach (var (name, shade, amount, back, missing) in ends)
        {
            yield return new FlowEnd(name, shade, firstMinor + tops[i++], middle, amount, back, missing);
            middle += amount;
        }
    }
}
