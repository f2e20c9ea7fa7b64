using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Domain.People;

/// <summary>A person's profile as the vault keeps it.</summary>
[StoredAs("profile.v1")]
public sealed record StoredProfile : Profile, IPrivate
{
    public AccountId Account { get; init; }

    public Guid Holder => Account.Value;

    /// <summary>What is told of it to others.</summary>
    [JsonIgnore]
    public Profile View => new()
    {
        Name = Name,
        Phone = Phone,
        Language = Language,
        ByMail = ByMail,
        BySms = BySms,
        Unwanted = Unwanted,
    };
}

/// <summary>What a person tells of themselves, and how they want to be told of things. Private.</summary>
public record Profile
{
    public string? Name { get; init; }

    public string? Phone { get; init; }

    /// <summary>Null while they have not chosen.</summary>
    public Language? Language { get; init; }

    public bool ByMail { get; init; } = true;

    public bool BySms { get; init; }

    /// <summary>What they do not want to be told of.</summary>
    public ImmutableArray<Topic> Unwanted { get; init; } = [];

    public bool Wants(Topic topic) => !Unwanted.Contains(topic);
}

/// <summary>The languages people are written to in.</summary>
public enum Language
{
    [JsonStringEnumMemberName("zh-CN")] Chinese = 1,
    [JsonStringEnumMemberName("en")] English,
}
