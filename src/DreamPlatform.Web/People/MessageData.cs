using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Messages;

namespace DreamPlatform.Web.People;

/// <summary>What somebody has not been told yet. What was sent is gone from here.</summary>
internal sealed class MessageData(IServiceScopeFactory scopes) : IPersonalData
{
    public string Name => "messagesToBeSent";

    public async Task<object?> Show(Actor person)
    {
        await using var scope = scopes.CreateAsyncScope();
        var waiting = await scope.ServiceProvider.GetRequiredService<MessageDesk>().ListAsync(person.Id);
        return waiting.Select(row => new { row.Id, row.Topic, Since = Derived.TimeOf(row.Id) }).ToArray();
    }

    public async Task Forget(Actor person)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MessageDesk>().ForgetAsync(person.Id);
    }
}
