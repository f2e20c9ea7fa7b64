using System.Text.Json.Serialization;

namespace DreamPlatform.Domain.Shared;

/// <summary>Who is told of an event, and what about.</summary>
public sealed record Telling(AccountId Recipient, Topic Topic)
{
    /// <summary>
    /// The message it makes. Its id follows from the event, so that a message that is sent twice can be told as one.
    /// </summary>
    public Due Of(StreamId stream, long version, DateTimeOffset now)
    {
        var source = Derived.Id($"message/{stream}/{version}/{Recipient}/{(short)Topic}");
        return new Due(DueKind.Message, now, Derived.TimeOrderedId(now, source), stream)
        {
            Telling = this,
            Version = version,
        };
    }
}

/// <summary>What people are told about wishes and pledges. The numbers and names are stored; never change them.</summary>
public enum Topic : short
{
    [JsonStringEnumMemberName("wish-submitted")] WishSubmitted = 1,
    [JsonStringEnumMemberName("wish-approved")] WishApproved,
    [JsonStringEnumMemberName("wish-rejected")] WishRejected,
    [JsonStringEnumMemberName("wish-published")] WishPublished,
    [JsonStringEnumMemberName("wish-funded")] WishFunded,
    [JsonStringEnumMemberName("item-delivered")] ItemDelivered,
    [JsonStringEnumMemberName("wish-fulfilled")] WishFulfilled,
    [JsonStringEnumMemberName("wish-cancelled")] WishCancelled,
    [JsonStringEnumMemberName("pledge-paid")] PledgePaid,
    [JsonStringEnumMemberName("pledge-lapsed")] PledgeLapsed,
}
