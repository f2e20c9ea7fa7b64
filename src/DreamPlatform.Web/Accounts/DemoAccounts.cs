using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts.Helping;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts;

/// <summary>The foundation and the people of the demo, as the API page lists them.</summary>
public sealed class DemoAccounts(AccountsDb db, UserManager<Account> accounts, RoleBook book, TimeProvider time)
{
    public const string Password = "Demo-1234!";

    private const string Domain = "@demo.example";

    private static readonly (string Name, Role? Role)[] People =
    [
        ("applicant", null), ("applicant2", null), ("helper", null), ("donor", null), ("donor2", null),
        ("reviewer", Role.Reviewer), ("reviewer2", Role.Reviewer),
        ("approver", Role.Approver), ("approver2", Role.Approver),
        ("finance", Role.Finance), ("sponsor", Role.Sponsor), ("foundation", Role.Foundation),
        ("auditor", Role.Auditor), ("operator", Role.Operator),
    ];

    /// <summary>Makes all of it, or nothing where there is any account already.</summary>
    public async Task EnsureAsync()
    {
        if (await db.Users.AnyAsync()) return;
        var foundation = new Foundation
        {
            Id = Guid.CreateVersion7(),
            Name = "天灯基金会 Sky Lantern Foundation",
            RegistrationCode = "DEMO-0001",
            CreatedAt = time.GetUtcNow(),
        };
        db.Foundations.Add(foundation);
        await db.SaveChangesAsync();
        // Hashing is slow on purpose; one hash does for all of them.
        var hash = accounts.PasswordHasher.HashPassword(new Account(), Password);
        var ids = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var (name, role) in People)
        {
            var account = new Account
            {
                UserName = name + Domain,
                Email = name + Domain,
                EmailConfirmed = true,
                PasswordHash = hash,
            };
            var result = await accounts.CreateAsync(account);
            if (!result.Succeeded) throw new InvalidOperationException(result.ToString());
            ids[name] = account.Id;
            if (role is not { } held) continue;
            Guid? at = held is Role.Operator or Role.Auditor ? null : foundation.Id;
            await book.GiveAsync(new AccountId(account.Id), Assignments.Of(held, at));
        }

        db.Helps.Add(new Help
        {
            Id = Guid.CreateVersion7(),
            ApplicantId = ids["applicant"],
            HelperId = ids["helper"],
            CreatedAt = time.GetUtcNow(),
            AcceptedAt = time.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }

    /// <summary>The actor behind the first part of a demo address, such as "reviewer"; null if there is none.</summary>
    public async Task<Actor?> FindAsync(string name)
    {
        if (await accounts.FindByEmailAsync(name + Domain) is not { } account) return null;
        var id = new AccountId(account.Id);
        var roles = await book.OfAsync(id);
        return new Actor(id, [.. roles.Select(held => Assignments.Of(held.Role, held.FoundationId))]);
    }
}
