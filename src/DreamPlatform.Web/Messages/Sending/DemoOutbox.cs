using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Web.Messages.Sending;

/// <summary>What would have been sent, if this were no demo.</summary>
/// <param name="Channel">email or sms.</param>
public sealed record OutboxMessage(
    Guid Id, string To, string Channel, string Topic, string Subject, string Text, string? Html, string? Link,
    DateTimeOffset SentAt);

/// <summary>Takes every message of a demo and shows it to everybody; the newest of them only.</summary>
internal sealed class DemoOutbox(TimeProvider time) : IMailSender, IMailLine, ISmsSender
{
    public const int MaxKept = 1_000;

    private readonly Lock gate = new();
    private readonly LinkedList<(long Number, Guid? Account, OutboxMessage Message)> kept = [];
    private long last;

    public bool IsReady => true;

    public IMailLine Open() => this;

    public Task SendAsync(Mail mail, CancellationToken stop) => Keep(mail.Account, new(
        mail.Id, mail.To, "email", mail.Topic, mail.Text.Subject, mail.Text.Plain, mail.Text.Html, mail.Text.Link,
        SentAt: default));

    public Task SendAsync(Sms sms, CancellationToken stop) => Keep(sms.Account, new(
        sms.Id, sms.To, "sms", sms.Topic, "", sms.Text, null, sms.Link, SentAt: default));

    /// <summary>Messages to somebody, or to all, newest first.</summary>
    /// <param name="before">The number of the last one that is already known.</param>
    public IReadOnlyList<(long Number, OutboxMessage Message)> List(string? to, long? before, int limit)
    {
        lock (gate)
        {
            return [.. kept.Where(it => it.Number < (before ?? long.MaxValue)
                    && (to is null || string.Equals(it.Message.To, to, StringComparison.OrdinalIgnoreCase)))
                .Take(limit).Select(it => (it.Number, it.Message))];
        }
    }

    public void Forget(AccountId account)
    {
        lock (gate)
        {
            foreach (var it in kept.Where(it => it.Account == account.Value).ToArray()) kept.Remove(it);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task Keep(Guid? account, OutboxMessage message)
    {
        lock (gate)
        {
            kept.AddFirst((++last, account, message with { SentAt = time.GetUtcNow() }));
            if (kept.Count > MaxKept) kept.RemoveLast();
        }

        return Task.CompletedTask;
    }
}
