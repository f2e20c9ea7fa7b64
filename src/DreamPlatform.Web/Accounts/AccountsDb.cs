using DreamPlatform.Web.Accounts.Helping;
using DreamPlatform.Web.Accounts.Inviting;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Messages;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DreamPlatform.Web.Accounts;

/// <summary>
/// Who may sign in, which foundations there are and who does what for them. Schema/ makes the tables.
/// </summary>
public sealed class AccountsDb(DbContextOptions<AccountsDb> options)
    : IdentityUserContext<Account, Guid>(options), IDataProtectionKeyContext
{
    /// <summary>How long a process that starts waits for another that fills the database.</summary>
    public static readonly TimeSpan PatienceAtStart = TimeSpan.FromMinutes(5);

    private const long ChangeLock = 0x447265616d416363;

    private static readonly ValueConverter<DateTimeOffset, long> Milliseconds =
        new(time => time.ToUnixTimeMilliseconds(), number => DateTimeOffset.FromUnixTimeMilliseconds(number));

    public DbSet<Foundation> Foundations => Set<Foundation>();

    public DbSet<HeldRole> HeldRoles => Set<HeldRole>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<KnownAddress> KnownAddresses => Set<KnownAddress>();

    public DbSet<Help> Helps => Set<Help>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<Letter> Letters => Set<Letter>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>
    /// Begins to change something that depends on what is read before. One change at a time, as SQLite has it: on a
    /// server the others wait for the lock, so that nobody decides on what is no longer so.
    /// </summary>
    /// <param name="patience">How long to wait for the others, if longer than a request would.</param>
    public async Task<IDbContextTransaction> BeginAsync(TimeSpan? patience = null)
    {
        if (patience is { } time) Database.SetCommandTimeout(time);
        var transaction = await Database.BeginTransactionAsync();
        if (Database.IsNpgsql()) await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ChangeLock})");
        return transaction;
    }

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
        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys");
        UseComparableTimes(builder.Entity<Session>().ToTable("sessions"));
        var addresses = builder.Entity<KnownAddress>().ToTable("known_addresses");
        addresses.HasKey(it => new { it.AccountId, it.AddressHash });
        UseComparableTimes(addresses);
        UseComparableTimes(builder.Entity<Help>().ToTable("helps"));
        var invitations = builder.Entity<Invitation>().ToTable("invitations");
        invitations.Property(it => it.Role).HasConversion(role => RoleNames.Of(role), name => RoleNames.Parse(name));
        UseComparableTimes(invitations);
        UseComparableTimes(builder.Entity<Letter>().ToTable("letters"));
        UseNamesOfAnyCase(builder);
    }

    /// <summary>SQLite finds a column whatever the case of its name, PostgreSQL only when nobody quotes it.</summary>
    private static void UseNamesOfAnyCase(ModelBuilder builder)
    {
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(property.GetColumnName().ToLowerInvariant());
    }

    /// <summary>EF writes times to SQLite as text that it cannot compare; newer tables have milliseconds.</summary>
    private static void UseComparableTimes<T>(EntityTypeBuilder<T> entity) where T : class
    {
        foreach (var property in entity.Metadata.GetProperties())
        {
            if (Nullable.GetUnderlyingType(property.ClrType) == typeof(DateTimeOffset)
                || property.ClrType == typeof(DateTimeOffset))
                property.SetValueConverter(Milliseconds);
        }
    }
}
