namespace DreamPlatform.Domain.Shared;

/// <summary>A signed-in account: an applicant, a donor, a member of staff, or the platform itself.</summary>
public readonly record struct AccountId(Guid Value)
{
    /// <summary>The platform acting on its own: sweepers and payment gateways.</summary>
    public static readonly AccountId Platform = new(new Guid("00000000-0000-7000-8000-000000000001"));

    public override string ToString() => Value.ToString();
}

/// <summary>The charity that legally holds the money.</summary>
public readonly record struct FoundationId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>One applicant's application for support.</summary>
public readonly record struct WishId(Guid Value)
{
    public StreamId Stream => new(StreamKind.Wish, Value);

    public override string ToString() => Value.ToString();
}

/// <summary>A budget line of a wish.</summary>
public readonly record struct ItemId(Guid Value)
{
    /// <summary>The name of the dossier with what must be kept about paying for it; stored.</summary>
    public string Receipts => $"item-{Value}";

    public override string ToString() => Value.ToString();
}

/// <summary>A sponsor project: a programme of one foundation.</summary>
public readonly record struct ProjectId(Guid Value)
{
    public StreamId Stream => new(StreamKind.Project, Value);

    public override string ToString() => Value.ToString();
}

/// <summary>A donor's promise of an amount to a wish or to a project.</summary>
public readonly record struct PledgeId(Guid Value)
{
    public StreamId Stream => new(StreamKind.Pledge, Value);

    public override string ToString() => Value.ToString();
}

/// <summary>
/// What makes a command the same command when it comes again: the sender's idempotency key. Unique together with
/// the account that sent it.
/// </summary>
public readonly record struct CommandId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
