using System.Diagnostics.Metrics;

namespace DreamPlatform.Web.Messages.Sending;

/// <summary>What the courier tells about itself.</summary>
public static class MessageMetrics
{
    public const string MeterName = "DreamPlatform.Messages";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> SentMessages = Meter.CreateCounter<long>(
        "dreamplatform.messages.sent", "{message}", "Messages taken by whoever takes them on, by channel and topic.");

    private static readonly Counter<long> FailedAttempts = Meter.CreateCounter<long>(
        "dreamplatform.messages.failed", "{attempt}", "Attempts that failed, by topic and code.");

    private static readonly Counter<long> StuckMessages = Meter.CreateCounter<long>(
        "dreamplatform.messages.stuck", "{message}", "Messages that are tried no more, by topic and code.");

    internal static void Sent(string channel, string topic) =>
        SentMessages.Add(1, new("channel", channel), new KeyValuePair<string, object?>("topic", topic));

    internal static void Failed(string topic, string code, bool isStuck)
    {
        FailedAttempts.Add(1, new("topic", topic), new KeyValuePair<string, object?>("code", code));
        if (isStuck) StuckMessages.Add(1, new("topic", topic), new KeyValuePair<string, object?>("code", code));
    }
}
