namespace DreamPlatform.Benchmarks.Load;

/// <summary>Which wish a pledge is for.</summary>
internal abstract class Targets
{
    public abstract Guid Next();
}

internal sealed class OneWish(Guid wish) : Targets
{
    public override Guid Next() => wish;
}

/// <summary>The n-th most popular wish is chosen with a probability proportional to 1/n.</summary>
internal sealed class ZipfWishes : Targets
{
    private readonly Guid[] wishes;
    private readonly double[] upTo;
    private readonly Random random;

    public ZipfWishes(IReadOnlyList<Guid> all, Random random)
    {
        this.random = random;
        wishes = [.. all];
        random.Shuffle(wishes);
        upTo = new double[wishes.Length];
        var sum = 0.0;
        for (var i = 0; i < upTo.Length; i++) upTo[i] = sum += 1.0 / (i + 1);
    }

    public override Guid Next()
    {
        var at = Array.BinarySearch(upTo, random.NextDouble() * upTo[^1]);
        return wishes[Math.Min(at < 0 ? ~at : at, wishes.Length - 1)];
    }
}
