using DreamPlatform.Domain.Donors;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.Tests.Donors;

public sealed class DonorTests
{
    private static readonly StreamId TheDonor = new(StreamKind.Donor, Cast.Donor.Id.Value);

    [Fact]
    public void A_donor_shows_a_name_and_hides_it_again()
    {
        var (shown, hidden) = (Name("Li"), Name(null));
        var scenario = Scenario.Given()
            .When(new ShowDonorName("Li"), Cast.Donor)
            .Then(new DonorNameShown(Derived.HashOf([shown])))
            .Publishing(shown);
        Assert.True(scenario.StateOf<Donor>(TheDonor).ShowsName);

        scenario.When(new ShowDonorName(null), Cast.Donor).Then(new DonorNameHidden()).Publishing(hidden);
        Assert.False(scenario.StateOf<Donor>(TheDonor).ShowsName);
    }

    [Fact]
    public void Nobody_else_shows_it() =>
        Scenario.Given().When(new ShowDonorName("Li"), Cast.Donor2).Then(new NotFound());

    private static PublishedText Name(string? name) => new(TheDonor.Value, TextField.DisplayName, name);
}
