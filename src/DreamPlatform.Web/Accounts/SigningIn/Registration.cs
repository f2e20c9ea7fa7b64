using System.Text;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Messages.Texts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts.SigningIn;

/// <summary>
/// Makes accounts and proves that an e-mail address is its owner's. Whoever asks learns nothing: what there is to tell
/// is told by mail.
/// </summary>
internal sealed class Registration(
    AccountsDb db, UserManager<Account> accounts, Letters letters, LetterLimit limit, Links links,
    SecurityLog security, IHttpContextAccessor http, TimeProvider time)
{
    /// <summary>Where the link in the mail leads.</summary>
    public const string ConfirmPage = "/confirm-email";

    /// <summary>
    /// Makes an account that is good once its address is confirmed. The password was checked before. When two register
    /// one address with different passwords, neither has proved that it is theirs, so neither password counts: whoever
    /// reads the mail confirms, and chooses one then. Nobody can make the owner confirm a password of theirs, nor make
    /// the owner's link useless.
    /// </summary>
    /// <param name="back">The page that they came from, and go on to when they have confirmed.</param>
    public async Task RegisterAsync(string email, string password, string? back = null)
    {
        var address = accounts.NormalizeEmail(email);
        // Slow on purpose, and the same for every address; not while others wait for the database.
        var hash = accounts.PasswordHasher.HashPassword(new Account(), password);
        var known = await db.Users.Where(it => it.NormalizedEmail == address).Select(it => it.PasswordHash)
            .SingleOrDefaultAsync();
        var isSame = accounts.PasswordHasher.VerifyHashedPassword(new Account(), known ?? hash, password)
            != PasswordVerificationResult.Failed;
        await using var transaction = await db.BeginAsync();
        var account = await accounts.FindByEmailAsync(email);
        if (account?.PasswordHash != known)
        {
            // Somebody was quicker. An unconfirmed password is set once and taken once, so this ends soon.
            await transaction.RollbackAsync();
            db.ChangeTracker.Clear();
            await RegisterAsync(email, password, back);
            return;
        }

        var isAllowed = await limit.AllowsAsync(address);
        if (account is null) account = await CreateAsync(email, hash);
        else if (!account.EmailConfirmed && !isSame) account.PasswordHash = null;
        if (isAllowed && account.EmailConfirmed)
            letters.Add(account.Id, email, Topics.AddressAlreadyRegistered, ("link", links.To("/sign-in")));
        else if (isAllowed) await AskAsync(account, back);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    public Task ResendAsync(string email) => WriteAsync(email, async account =>
    {
        if (!account.EmailConfirmed) await AskAsync(account);
    });

    public Task ForgotPasswordAsync(string email) => WriteAsync(email, async account =>
    {
        if (account.EmailConfirmed) await AskToChooseAsync(account);
    });

    /// <summary>Sends a link with which the account's owner chooses a password.</summary>
    private async Task AskToChooseAsync(Account account)
    {
        var code = Encode(await accounts.GeneratePasswordResetTokenAsync(account));
        letters.Add(
            account.Id, account.Email!, Topics.ResetPassword,
            ("link", links.To("/reset-password", ("email", account.Email), ("code", code))), ("code", code));
    }

    /// <summary>Asks the owner of a new address whether it may become the account's.</summary>
    /// <returns>False if the account asks too often.</returns>
    public async Task<bool> AskToChangeAsync(Account account, string newEmail)
    {
        if (!await limit.AllowsAsync($"account/{account.Id}")) return false;
        if (!await limit.AllowsAsync(accounts.NormalizeEmail(newEmail))) return true;
        if (await accounts.FindByEmailAsync(newEmail) is { EmailConfirmed: true } holder)
        {
            letters.Add(holder.Id, holder.Email!, Topics.AddressAlreadyRegistered, ("link", links.To("/sign-in")));
            return true;
        }

        var code = Encode(await accounts.GenerateChangeEmailTokenAsync(account, newEmail));
        letters.Add(account.Id, newEmail, Topics.ConfirmEmail, ("link", ConfirmLink(account, code, ("changedEmail", newEmail))));
        return true;
    }

    /// <summary>Confirms an account's address, or makes another one its address.</summary>
    public async Task<Confirmation> ConfirmAsync(Guid accountId, string code, string? changedEmail)
    {
        if (Decode(code) is not { } token) return Confirmation.Refused;
        await using var transaction = await db.BeginAsync();
        if (await accounts.FindByIdAsync(accountId.ToString()) is not { } account) return Confirmation.Refused;
        var before = account.Email!;
        var result = changedEmail is null
            ? await accounts.ConfirmEmailAsync(account, token)
            : await accounts.ChangeEmailAsync(account, changedEmail, token);
        if (result.Succeeded && changedEmail is not null)
        {
            result = await accounts.SetUserNameAsync(account, changedEmail);
            letters.Add(account.Id, before, Topics.EmailChanged);
        }

        if (!result.Succeeded) return Confirmation.Refused;
        if (account.PasswordHash is null) await AskToChooseAsync(account);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        security.Done(changedEmail is null ? "address-confirmed" : "address-changed", account.Id);
        return account.PasswordHash is null ? Confirmation.NeedsPassword : Confirmation.Done;
    }

    /// <summary>Codes go through links, so they are written without characters that links escape.</summary>
    public static string Encode(string code) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(code));

    /// <summary>Null if it is no code at all.</summary>
    public static string? Decode(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private async Task WriteAsync(string email, Func<Account, Task> write)
    {
        await using var transaction = await db.BeginAsync();
        var isAllowed = await limit.AllowsAsync(accounts.NormalizeEmail(email));
        if (await accounts.FindByEmailAsync(email) is { } account && isAllowed) await write(account);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private async Task<Account> CreateAsync(string email, string hash)
    {
        var account = new Account
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserName = email,
            Email = email,
            PasswordHash = hash,
        };
        var result = await accounts.CreateAsync(account);
        return result.Succeeded ? account : throw new InvalidOperationException(result.ToString());
    }

    /// <summary>The language goes with the link, so that whoever confirms is written to in it from then on.</summary>
    private async Task AskAsync(Account account, string? back = null)
    {
        var code = Encode(await accounts.GenerateEmailConfirmationTokenAsync(account));
        var language = Languages.Of(http.HttpContext) is { } read ? Languages.TagOf(read) : null;
        letters.Add(
            account.Id, account.Email!, Topics.ConfirmEmail,
            ("link", ConfirmLink(account, code, ("language", language), ("back", back))));
    }

    private string ConfirmLink(Account account, string code, params ReadOnlySpan<(string Name, string? Value)> more) =>
        links.To(ConfirmPage, [("userId", account.Id.ToString()), ("code", code), .. more]);
}

/// <summary>What became of confirming an address.</summary>
internal enum Confirmation
{
    /// <summary>The link is wrong or was used.</summary>
    Refused,

    Done,

    /// <summary>Done, and another mail is on its way, with which a password is chosen.</summary>
    NeedsPassword,
}
