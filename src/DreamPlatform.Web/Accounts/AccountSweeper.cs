using DreamPlatform.Web.Accounts.SigningIn;
using Microsoft.EntityFrameworkCore;

namespace DreamPlatform.Web.Accounts;

/// <summary>Removes what has expired. It works no more although it is still there, so this may be late.</summary>
internal sealed partial class AccountSweeper(
    IServiceScopeFactory scopes, TimeProvider time, ILogger<AccountSweeper> log) : BackgroundService
{
    /// <summary>How long an account waits for its address to be confirmed.</summary>
    public static readonly TimeSpan Unconfirmed = TimeSpan.FromDays(7);

    /// <summary>How long it is remembered that an account signed in somewhere.</summary>
    public static readonly TimeSpan Known = TimeSpan.FromDays(180);

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public async Task SweepAsync(CancellationToken stop = default)
    {
        var now = time.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        await db.Sessions.Where(it => it.ExpiresAt <= now
            || it.Stamp != db.Users.Single(holder => holder.Id == it.AccountId).SecurityStamp).ExecuteDeleteAsync(stop);
        await db.Helps.Where(it => it.HelperId == null && it.ExpiresAt <= now).ExecuteDeleteAsync(stop);
        await db.Invitations.Where(it => it.ExpiresAt <= now).ExecuteDeleteAsync(stop);
        var unknown = now - Known;
        await db.KnownAddresses.Where(it => it.LastAt <= unknown).ExecuteDeleteAsync(stop);
        var asked = (now - LetterLimit.Window).ToUnixTimeMilliseconds();
        await db.Database.ExecuteSqlAsync($"DELETE FROM letter_requests WHERE At <= {asked}", stop);
        // Ids begin with the time they were made at.
        var youngest = Guid.Parse($"{Guid.CreateVersion7(now - Unconfirmed).ToString("D")[..13]}-0000-0000-000000000000");
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM accounts WHERE NOT EmailConfirmed AND Id < {youngest}
            AND NOT EXISTS (SELECT 1 FROM held_roles WHERE AccountId = accounts.Id)
            """, stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                await TrySweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task TrySweepAsync(CancellationToken stop)
    {
        try
        {
            await SweepAsync(stop);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(log, exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "What has expired could not be removed; it is tried again in an hour")]
    private static partial void LogFailed(ILogger log, Exception exception);
}
