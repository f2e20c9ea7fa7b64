using System.Collections.Immutable;
using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Grains.Hosting;
using Microsoft.Extensions.Logging;

namespace DreamPlatform.Grains.People;

/// <inheritdoc cref="IProfileGrain"/>
internal sealed partial class ProfileGrain(
    [PersistentState("profile.v1", Vault.Name)] IPersistentState<StoredProfile> vault, ILogger<ProfileGrain> logger)
    : Grain, IProfileGrain
{
    private AccountId Account =>
        new(Guid.Parse(this.GetPrimaryKeyString().AsSpan(ProfileGrains.Prefix.Length)));

    public Task<Profile> Get() => Task.FromResult(vault.State.View);

    public Task<bool> Describe(string? name, string? phone, Language? language) =>
        Keep(vault.State with { Name = name, Phone = phone, Language = language });

    public Task<bool> Choose(Language? language, bool byMail, bool bySms, ImmutableArray<Topic> unwanted) =>
        Keep(vault.State with { Language = language, ByMail = byMail, BySms = bySms, Unwanted = unwanted });

    public async Task Erase()
    {
        if (vault.RecordExists) await vault.ClearStateAsync();
        DeactivateOnIdle();
    }

    private async Task<bool> Keep(StoredProfile profile)
    {
        var before = vault.State;
        try
        {
            vault.State = profile with { Account = Account };
            await vault.WriteStateAsync();
            return true;
        }
        catch (Exception exception)
        {
            Log.NotKept(logger, Account, exception);
            vault.State = before;
            DeactivateOnIdle();
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The vault did not keep the profile of {Account}; nothing was done.")]
        public static partial void NotKept(ILogger logger, AccountId account, Exception exception);
    }
}
