using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Operating;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Accounts;

/// <summary>"FirstOperator": who sets a new platform up. Looked at only while there is no operator.</summary>
public sealed class FirstOperatorSettings
{
    public string? Email { get; set; }

    public string? Password { get; set; }
}

/// <summary>Makes the first operator, without whom nobody could give anybody a role.</summary>
internal sealed partial class FirstOperator(
    UserManager<Account> accounts, RoleBook book, IOptions<FirstOperatorSettings> settings, ILogger<FirstOperator> log)
{
    /// <exception cref="StartRefusedException">The account cannot be made so, or is somebody else's.</exception>
    public async Task EnsureAsync()
    {
        if (await book.HasOperatorAsync()) return;
        if (settings.Value is not { Email: { } email, Password: { } password })
        {
            LogNoOperator(log);
            return;
        }

        var account = await accounts.FindByEmailAsync(email) ?? await CreateAsync(email, password);
        // Anybody may have registered with this address; only who knows the configured password is meant.
        if (!await accounts.CheckPasswordAsync(account, password))
            throw new StartRefusedException(
                "FirstOperator:Email is the address of an account with another password than FirstOperator:Password.");
        await book.GiveAsync(new AccountId(account.Id), new RoleAssignment(Role.Operator, null));
        LogCreated(log, account.Id);
    }

    private async Task<Account> CreateAsync(string email, string password)
    {
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true };
        var result = await accounts.CreateAsync(account, password);
        if (result.Succeeded) return account;
        var reasons = string.Join(" ", result.Errors.Select(it => it.Description));
        throw new StartRefusedException($"Set FirstOperator to another e-mail address or password. {reasons}");
    }

    [LoggerMessage(LogLevel.Warning,
        "There is no operator. Set FirstOperator:Email and FirstOperator:Password and start again to make one")]
    private static partial void LogNoOperator(ILogger log);

    [LoggerMessage(LogLevel.Information, "Account {AccountId} is the first operator")]
    private static partial void LogCreated(ILogger log, Guid accountId);
}
