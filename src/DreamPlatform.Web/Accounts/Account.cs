using Microsoft.AspNetCore.Identity;

namespace DreamPlatform.Web.Accounts;

/// <summary>
/// Someone who can sign in. Its id is the domain's AccountId; nothing but the id leaves this database.
/// </summary>
public sealed class Account : IdentityUser<Guid>
{
    public Account() => Id = Guid.CreateVersion7();
}
