using System.Collections.Frozen;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Web.Messages.Texts;

/// <summary>What the texts in the resource files are called.</summary>
internal static class TextBook
{
    /// <summary>Said below what somebody chose to be told of, and below letters about an account.</summary>
    public const string BelowNews = "footer.told", BelowLetters = "footer.letter";

    /// <summary>How days and times are written.</summary>
    public const string Day = "pattern.day", Time = "pattern.time";

    /// <summary>What has a short form for phones: that which waits for somebody to do something.</summary>
    public static readonly FrozenSet<Topic> OnPhones = [Topic.WishApproved, Topic.ItemDelivered];

    /// <summary>Values that are codes, with a text for each.</summary>
    public static readonly FrozenDictionary<string, string[]> Codes = new Dictionary<string, string[]>
    {
        ["change"] = ["enabled", "disabled", "codes-reset", "code-used"],
        ["role"] = ["operator", "foundation", "reviewer", "approver", "finance", "sponsor", "auditor"],
    }.ToFrozenDictionary();

    public static string Subject(string topic) => $"{topic}.subject";

    public static string Body(string topic) => $"{topic}.body";

    public static string OnPhone(Topic topic) => $"{Names.Of(topic)}.sms";

    public static string Code(string name, string value) => $"{name}.{value}";
}
