using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Donors;

/// <summary>What the journal knows of a donor: whether they show a name. The name itself is a published text.</summary>
[StoredAs("donor")]
public sealed record Donor(AccountId Id) : Owner
{
    public bool ShowsName { get; init; }

    public override StreamId Stream => new(StreamKind.Donor, Id.Value);

    public override Reads Reads(Command command) => Shared.Reads.Nothing;

    public override StreamState Evolve(Event @event) => @event switch
    {
        DonorNameShown => this with { ShowsName = true },
        DonorNameHidden => this with { ShowsName = false },
        _ => throw new UnknownEventException(this, @event),
    };

    protected override Decision Rule(Envelope envelope, Facts facts, DateTimeOffset now) => envelope.Command switch
    {
        _ when envelope.Actor.Id != Id => new NotFound(),
        ShowDonorName { Name: null } c => Accept(new DonorNameHidden(), c),
        ShowDonorName c => Accept(new DonorNameShown(Derived.HashOf([Text(c)])), c),
        _ => throw new ArgumentException($"A donor does not know {envelope.Command.GetType().Name}."),
    };

    private Accepted Accept(Event @event, ShowDonorName c) =>
        new(new Appended(Stream, @event)) { Texts = [Text(c)] };

    private PublishedText Text(ShowDonorName c) => new(Id.Value, TextField.DisplayName, c.Name);
}

/// <summary>Shows a name beside the donor's pledges that are not anonymous, or none.</summary>
[StoredAs("show-donor-name")]
public sealed record ShowDonorName(string? Name) : Command;

[StoredAs("donor-name-shown.v1")]
public sealed record DonorNameShown(string TextHash) : Event;

[StoredAs("donor-name-hidden.v1")]
public sealed record DonorNameHidden : Event;
