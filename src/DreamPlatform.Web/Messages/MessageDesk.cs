using System.Security.Cryptography;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages.Sending;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Messages;

/// <summary>Messages that are owed, from both homes: beside the journal and beside the accounts.</summary>
internal sealed class MessageDesk(
    MessageRows rows, AccountsDb db, Letters letters, DemoOutbox outbox, TimeProvider time)
{
    /// <summary>Messages by when they are tried next.</summary>
    public async Task<IReadOnlyList<MessageRow>> ListAsync(
        bool isStuck, (DateTimeOffset At, Guid Id)? after, int limit)
    {
        var (at, id) = (after?.At ?? DateTimeOffset.MinValue, after?.Id ?? Guid.Empty);
        var (from, never) = (at.ToUnixTimeMilliseconds(), MessageRows.Never.ToUnixTimeMilliseconds());
        var mine = await db.Letters.FromSql(
            $"SELECT * FROM letters WHERE (NextAt, Id) > ({from}, {id}) AND (NextAt = {never}) = {isStuck}")
            .OrderBy(it => it.NextAt).ThenBy(it => it.Id).Take(limit)
            .Select(it => new MessageRow(it.Id, it.Topic, it.Attempts, it.LastError, it.NextAt)).ToListAsync();
        return
        [
            .. (await rows.List(isStuck, after, limit)).Concat(mine)
                .OrderBy(row => row.NextAt).ThenBy(row => row.Id).Take(limit),
        ];
    }

    /// <summary>The oldest of what somebody has not been told yet.</summary>
    public async Task<IReadOnlyList<MessageRow>> ListAsync(AccountId account)
    {
        var mine = await db.Letters.Where(it => it.AccountId == account.Value)
            .OrderBy(it => it.NextAt).Take(MessageRows.MaxOfRecipient)
            .Select(it => new MessageRow(it.Id, it.Topic, it.Attempts, it.LastError, it.NextAt)).ToListAsync();
        return [.. mine, .. await rows.OfRecipient(account)];
    }

    /// <summary>Has a message tried at once, and as often as a new one; false if nobody waits for it.</summary>
    public async Task<bool> RetryAsync(Guid id)
    {
        var now = time.GetUtcNow();
        return await rows.Retry(id, now) || await db.Letters.Where(it => it.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(it => it.NextAt, now).SetProperty(it => it.Attempts, 0)) == 1;
    }

    /// <summary>
    /// Removes all that a person has not been told yet, and what the demo shows of what they were. Call it while their
    /// account is still there, or letters to their address that name no account stay until they are sent.
    /// </summary>
    public async Task ForgetAsync(AccountId account)
    {
        await rows.Forget(account);
        await db.Letters.Where(it => it.AccountId == account.Value).ExecuteDeleteAsync();
        var address = await db.Users.Where(it => it.Id == account.Value).Select(it => it.Email).SingleOrDefaultAsync();
        if (address is not null) await ForgetAsync(address);
        outbox.Forget(account);
    }

    private async Task ForgetAsync(string address)
    {
        var theirs = new List<Guid>();
        await foreach (var letter in db.Letters.AsNoTracking().Where(it => it.AccountId == null).AsAsyncEnumerable())
            if (GoesTo(letter, address)) theirs.Add(letter.Id);
        foreach (var id in theirs) await db.Letters.Where(it => it.Id == id).ExecuteDeleteAsync();
    }

    private bool GoesTo(Letter letter, string address)
    {
        try
        {
            return string.Equals(letters.Open(letter).Address, address, StringComparison.OrdinalIgnoreCase);
        }
        catch (CryptographicException)
        {
            // Nobody can read it any more, nor send it.
            return false;
        }
    }
}
