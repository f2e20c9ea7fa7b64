using System.Collections.Immutable;
using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;

namespace DreamPlatform.Grains.People;

/// <summary>A person's profile. Its key is made by <see cref="ProfileGrains.GetProfile"/>.</summary>
public interface IProfileGrain : IGrainWithStringKey
{
    /// <summary>The profile; as it is before anybody has written in it, if nobody has.</summary>
    Task<Profile> Get();

    /// <summary>Changes who they are; false when it was not kept.</summary>
    Task<bool> Describe(string? name, string? phone, Language? language);

    /// <summary>Changes how they want to be told of things; false when it was not kept.</summary>
    Task<bool> Choose(Language? language, bool byMail, bool bySms, ImmutableArray<Topic> unwanted);

    /// <summary>Removes all of it. Doing so again changes nothing.</summary>
    Task Erase();
}

/// <summary>Finds profiles.</summary>
public static class ProfileGrains
{
    internal const string Prefix = "person-";

    public static IProfileGrain GetProfile(this IGrainFactory grains, AccountId account) =>
        grains.GetGrain<IProfileGrain>($"{Prefix}{account}");
}
