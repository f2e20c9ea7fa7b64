using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts;

/// <summary>
/// Who may sign in, which foundations there are and who does what for them. Schema/ makes the tables.
/// </summary>
public sealed class AccountsDb(DbContextOptions<AccountsDb> options) : IdentityUserContext<Account, Guid>(options)
{
    public DbSet<Foundation> Foundations => Set<Foundation>();

    public DbSet<HeldRole> HeldRoles => Set<HeldRole>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>().ToTable("accounts");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_tokens");
        builder.Entity<Foundation>().ToTable("foundations");
        builder.Entity<HeldRole>().ToTable("held_roles")
            .Property(held => held.Role).HasConversion(role => RoleNames.Of(role), name => RoleNames.Parse(name));
    }
}
