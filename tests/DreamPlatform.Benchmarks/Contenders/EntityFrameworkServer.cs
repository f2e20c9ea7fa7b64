using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DreamPlatform.Benchmarks.Contenders;

/// <summary>
/// B1: what a good engineer writes without our commit log: EF Core, the wish locked with FOR UPDATE, one transaction
/// for the balance and the pledge, the idempotency key unique, a small pool and prepared statements. It has one index
/// more than its keys, no events, no double entry, no due rows, and believes the donor's name in a header without
/// checking a token: all of that is in its favour.
/// </summary>
internal static class EntityFrameworkServer
{
    public const string DonorHeader = "X-Donor";

    private const int PoolSize = 8;

    public static async Task<WebApplication> BuildAsync(ServeOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(ServeOptions.AnyPort);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var server = new NpgsqlConnectionStringBuilder(options.Postgres)
        {
            MaxPoolSize = PoolSize,
            MinPoolSize = PoolSize,
            MaxAutoPrepare = 32,
            AutoPrepareMinUsages = 2,
            Timeout = 60,
            NoResetOnClose = true,
        };
        builder.Services.AddDbContextPool<FundingDb>(db => db.UseNpgsql(server.ToString()).EnableThreadSafetyChecks(false));
        builder.Services.AddSingleton(TimeProvider.System);
        var app = builder.Build();
        app.MapPost("/api/wishes/{id:guid}/pledges", PledgeAsync);
        app.MapGet("/api/wishes/{id:guid}", async (Guid id, FundingDb db) => await db.Wishes.FindAsync(id));
        if (options.IsSeeding) await SeedAsync(app.Services);
        return app;
    }

    private static async Task<Results<Created<PledgeAnswer>, Conflict<Refusal>, NotFound>> PledgeAsync(
        Guid id, PledgeRequest body, HttpContext http, FundingDb db, TimeProvider time)
    {
        var donor = Guid.Parse(http.Request.Headers[DonorHeader].ToString());
        var key = Guid.Parse(http.Request.Headers["Idempotency-Key"].ToString());
        await using var transaction = await db.Database.BeginTransactionAsync();
        var wish = await db.Wishes.FromSql($"SELECT * FROM wishes WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync();
        if (wish is null) return TypedResults.NotFound();
        var remaining = wish.GoalMinor - wish.PledgedMinor;
        if (body.AmountMinor > remaining || body.AmountMinor < 1)
            return TypedResults.Conflict(new Refusal("amount-exceeds-remaining", remaining));

        var now = time.GetUtcNow();
        var pledge = new PledgeEntry
        {
            Id = Guid.CreateVersion7(),
            WishId = id,
            DonorId = donor,
            IdempotencyKey = key,
            AmountMinor = body.AmountMinor,
            Anonymous = body.Anonymous,
            Message = body.Message,
            Status = "Reserved",
            PlacedAt = now,
            PayBy = now.AddMinutes(30),
        };
        wish.PledgedMinor += body.AmountMinor;
        wish.PledgeCount++;
        db.Pledges.Add(pledge);
        try
        {
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            await transaction.RollbackAsync();
            pledge = await db.Pledges.AsNoTracking().SingleAsync(it => it.DonorId == donor && it.IdempotencyKey == key);
        }

        return TypedResults.Created($"/api/pledges/{pledge.Id}", new PledgeAnswer(
            pledge.Id, pledge.Status, pledge.WishId, pledge.AmountMinor, pledge.PayBy, new PaymentAnswer($"/pay/{pledge.Id}")));
    }

    private static async Task SeedAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FundingDb>();
        await db.Database.EnsureCreatedAsync();
        foreach (var some in Seed.Wishes.Chunk(1_000))
        {
            db.Wishes.AddRange(some.Select(wish => new WishEntry { Id = wish, GoalMinor = Seed.GoalMinor }));
            await db.SaveChangesAsync();
        }

        db.Wishes.Add(new WishEntry
        {
            Id = Seed.NearGoalWish,
            GoalMinor = Seed.GoalMinor,
            PledgedMinor = Seed.GoalMinor - Seed.LastMinor,
        });
        await db.SaveChangesAsync();
    }

    private sealed record Refusal(string Code, long RemainingMinor);
}

/// <summary>B1's tables.</summary>
internal sealed class FundingDb(DbContextOptions<FundingDb> options) : DbContext(options)
{
    public DbSet<WishEntry> Wishes => Set<WishEntry>();

    public DbSet<PledgeEntry> Pledges => Set<PledgeEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<WishEntry>(wish =>
        {
            wish.ToTable("wishes").Property(it => it.Id).HasColumnName("id").ValueGeneratedNever();
            wish.HasStorageParameter("fillfactor", 50);
        });
        modelBuilder.Entity<PledgeEntry>(pledge =>
        {
            pledge.ToTable("pledges").Property(it => it.Id).ValueGeneratedNever();
            pledge.HasIndex(it => new { it.DonorId, it.IdempotencyKey }).IsUnique();
            pledge.HasIndex(it => new { it.WishId, it.Id });
        });
    }
}

/// <summary>A wish with its balance.</summary>
internal sealed class WishEntry
{
    public Guid Id { get; set; }

    public string Status { get; set; } = "Funding";

    public long GoalMinor { get; set; }

    public long PledgedMinor { get; set; }

    public long PledgeCount { get; set; }
}

/// <summary>A pledge.</summary>
internal sealed class PledgeEntry
{
    public Guid Id { get; set; }

    public Guid WishId { get; set; }

    public Guid DonorId { get; set; }

    public Guid IdempotencyKey { get; set; }

    public long AmountMinor { get; set; }

    public bool Anonymous { get; set; }

    public string? Message { get; set; }

    public string Status { get; set; } = "";

    public DateTimeOffset PlacedAt { get; set; }

    public DateTimeOffset PayBy { get; set; }
}
