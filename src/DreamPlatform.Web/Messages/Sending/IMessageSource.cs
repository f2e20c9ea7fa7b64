namespace DreamPlatform.Web.Messages.Sending;

/// <summary>Where messages wait to be sent.</summary>
internal interface IMessageSource
{
    /// <summary>Takes some that are due; nobody else gets them for a while.</summary>
    Task<IReadOnlyList<OwedMessage>> ClaimAsync(int most, TimeSpan claimedFor);
}

/// <summary>A message that is being sent.</summary>
/// <param name="Reader">Who is to read it: an account, or the message's own id where there is none.</param>
internal abstract record OwedMessage(Guid Id, Guid Reader, string Topic, int Attempts)
{
    /// <summary>Writes it, for those ways in which its reader wants it; none if there is no such reader.</summary>
    /// <exception cref="NotSentException">It cannot be written.</exception>
    public abstract Task<Written> WriteAsync();

    /// <summary>It was sent, or nobody wants it.</summary>
    public abstract Task DoneAsync();

    /// <summary>It was not sent; it is tried again at a time, or never.</summary>
    public abstract Task FailedAsync(DateTimeOffset nextAt, string error);
}

/// <summary>A message, written.</summary>
internal sealed record Written(Mail? Mail, Sms? Sms)
{
    public static readonly Written Nothing = new(null, null);
}
