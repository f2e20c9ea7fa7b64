namespace DreamPlatform.Web.Messages.Sending;

/// <summary>A message to one address, as it goes out.</summary>
/// <param name="Id">Stays the same however often it is sent.</param>
/// <param name="Account">Whose it is; null for an address that need not have an account.</param>
public sealed record Mail(Guid Id, Guid? Account, string Topic, string To, Text Text);

/// <summary>A short message to one phone.</summary>
public sealed record Sms(Guid Id, Guid Account, string Topic, string To, string Text, string? Link);

/// <summary>What a message says.</summary>
/// <param name="Language">As a language tag.</param>
public sealed record Text(string Language, string Subject, string Plain, string Html, string? Link);

/// <summary>Takes mail to where it goes.</summary>
public interface IMailSender
{
    /// <summary>Whether there is anywhere to take it to; messages wait until there is.</summary>
    bool IsReady { get; }

    /// <summary>A line for several messages, one after another.</summary>
    IMailLine Open();
}

/// <summary>A connection to whoever takes mail, made when it is first needed.</summary>
public interface IMailLine : IAsyncDisposable
{
    /// <exception cref="NotSentException">It was not taken.</exception>
    Task SendAsync(Mail mail, CancellationToken stop);
}

/// <summary>Takes short messages to phones. Where nobody provides one, that is not offered.</summary>
public interface ISmsSender
{
    /// <exception cref="NotSentException">It was not taken.</exception>
    Task SendAsync(Sms sms, CancellationToken stop);
}

/// <summary>A message was not taken.</summary>
/// <param name="code">Why, without any address or text.</param>
/// <param name="isPermanent">Whether it would never be.</param>
public sealed class NotSentException(string code, bool isPermanent = false) : Exception(code)
{
    public string Code { get; } = code;

    public bool IsPermanent { get; } = isPermanent;
}
