namespace DreamPlatform.Domain.Shared;

/// <summary>The kinds of journal streams. The numbers are stored; never renumber.</summary>
public enum StreamKind : short
{
    Wish = 1,
    Project = 2,
    Donor = 3,
    Gateway = 4,
    Pledge = 5,
    Grant = 6,
    Deposit = 7,
    Payment = 8,
}

/// <summary>The name of a journal stream.</summary>
public readonly record struct StreamId(StreamKind Kind, Guid Value)
{
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}-{Value}";
}
