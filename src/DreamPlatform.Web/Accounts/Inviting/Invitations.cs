using System.Globalization;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts.SigningIn;
using DreamPlatform.Web.Messages;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts.Inviting;

/// <summary>Asks people to work for a foundation, by mail; whether they have an account stays theirs to tell.</summary>
internal sealed class Invitations(
    AccountsDb db, ILookupNormalizer names, RoleBook book, Letters letters, LetterLimit limit, Links links,
    Callers callers, SecurityLog security, TimeProvider time)
{
    /// <summary>The most open invitations of one foundation.</summary>
    public const int MaxOpen = 100;

    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(7);

    /// <summary>Invites, or invites again: then the older link is good no more.</summary>
    /// <returns>
    /// Null if the foundation has as many open invitations, or invited the address as often, as it may.
    /// </returns>
    public async Task<Invitation?> InviteAsync(Foundation foundation, string email, Role role, AccountId by)
    {
        var (now, token, normalized) = (time.GetUtcNow(), OneTimeToken.New(), names.NormalizeEmail(email));
        await using var transaction = await db.BeginAsync();
        await db.Invitations.Where(it => it.FoundationId == foundation.Id && it.NormalizedEmail == normalized
            && it.Role == role).ExecuteDeleteAsync();
        if (await Open(foundation.Id, now).CountAsync() >= MaxOpen) return null;
        // Not the limit of letters that anybody may cause: whoever uses that up could keep an invitation from coming.
        if (!await limit.AllowsAsync($"invitation/{foundation.Id}/{normalized}")) return null;
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(now),
            FoundationId = foundation.Id,
            Role = role,
            Email = email,
            NormalizedEmail = normalized,
            TokenHash = token.Hash,
            InvitedBy = by.Value,
            CreatedAt = now,
            ExpiresAt = now + GoodFor,
        };
        db.Invitations.Add(invitation);
        Write(invitation, foundation, token);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        security.Done("invited", null, $"{RoleNames.Of(role)} {foundation.Id} invitation {invitation.Id}");
        return invitation;
    }

    public Task<List<Invitation>> OpenAt(Guid foundation) =>
        Open(foundation, time.GetUtcNow()).OrderBy(it => it.Id).ToListAsync();

    /// <summary>The foundations for which somebody may invite, by name.</summary>
    public Task<List<Foundation>> FoundationsOf(Caller caller)
    {
        var mine = caller.Actor.Roles.Where(it => it is { Role: Role.Foundation, Foundation: not null })
            .Select(it => it.Foundation!.Value.Value).ToArray();
        return db.Foundations.Where(it => caller.IsOperator || mine.Contains(it.Id)).OrderBy(it => it.Name).ToListAsync();
    }

    /// <returns>False if the foundation has no such invitation.</returns>
    public async Task<bool> RevokeAsync(Guid foundation, Guid id) => await Open(foundation, time.GetUtcNow())
        .Where(it => it.Id == id).ExecuteDeleteAsync() > 0;

    /// <summary>Gives the role to whoever has the token and the address it was sent to.</summary>
    /// <returns>Null if there is no such invitation, or it is somebody else's.</returns>
    public async Task<Invitation?> AcceptAsync(string token, Caller caller)
    {
        var (now, hash, mine) = (time.GetUtcNow(), OneTimeToken.HashOf(token), names.NormalizeEmail(caller.Email));
        await using var transaction = await db.BeginAsync();
        var invitation = await db.Invitations.SingleOrDefaultAsync(
            it => it.TokenHash == hash && it.NormalizedEmail == mine && it.ExpiresAt > now
                // Whoever may no more give roles cannot do it by an older invitation either.
                && db.HeldRoles.Any(held => held.AccountId == it.InvitedBy && (held.Role == Role.Operator
                    || (held.Role == Role.Foundation && held.FoundationId == it.FoundationId))));
        if (invitation is null) return null;
        db.Invitations.Remove(invitation);
        await db.SaveChangesAsync();
        await book.GiveAsync(caller.Id, Assignments.Of(invitation.Role, invitation.FoundationId));
        await transaction.CommitAsync();
        callers.Forget(caller.Id);
        security.Done("invitation-accepted", caller.Id.Value, $"invitation {invitation.Id}, of {invitation.InvitedBy}");
        return invitation;
    }

    private IQueryable<Invitation> Open(Guid foundation, DateTimeOffset now) =>
        db.Invitations.Where(it => it.FoundationId == foundation && it.ExpiresAt > now);

    private void Write(Invitation invitation, Foundation foundation, OneTimeToken token) => letters.Add(
        null, invitation.Email, Topics.StaffInvitation,
        ("link", links.To("/invitations/accept", ("token", token.Text))), ("token", token.Text),
        ("foundation", foundation.Name), ("role", RoleNames.Of(invitation.Role)),
        ("expiresAt", invitation.ExpiresAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)));
}
