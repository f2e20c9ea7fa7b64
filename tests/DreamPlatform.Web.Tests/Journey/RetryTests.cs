using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Web.Tests.Journey;

public sealed class RetryTests
{
    [Fact]
    public async Task However_often_an_order_is_retried_it_is_answered_as_the_first_time()
    {
        await using var platform = await Platform.Start();
        var wish = await platform.FundingWish();
        await Platform.Give(platform.Donor, wish, 20_000);
        var item = (await platform.App.Anonymous.Get($"/api/wishes/{wish}")).Items()[0].Id();
        var key = Guid.CreateVersion7();
        var body = new { payee = "A shop", amountMinor = 20_000 };
        var path = $"/api/wishes/{wish}/items/{item}/order";
        var first = (await platform.Finance.Post(path, body, key: key)).ToString();

        for (var i = 0; i < Dossier.MaxEntries; i++)
            Assert.Equal(first, (await platform.Finance.Post(path, body, key: key)).ToString());
    }
}
