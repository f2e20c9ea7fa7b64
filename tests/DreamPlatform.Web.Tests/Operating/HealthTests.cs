using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DreamPlatform.Web.Tests.Operating;

public sealed class HealthTests
{
    [Fact]
    public async Task A_part_that_fails_makes_the_platform_not_ready_but_alive()
    {
        await using var app = await TestApp.StartAsync(new()
        {
            Adjust = builder => builder.Services.AddHealthChecks()
                .AddCheck("mail", () => HealthCheckResult.Unhealthy("secret"))
                .AddCheck("post", () => throw new InvalidOperationException("secret")),
        });

        await app.Anonymous.GetAsync("/health/live").JsonAsync();
        var problem = await app.Anonymous.GetAsync("/health/ready").ProblemAsync();

        Assert.Equal((503, "not-ready"), (problem.Status, problem.Code));
        var failing = problem.Body.GetProperty("failing").EnumerateArray();
        Assert.Equal(["mail", "post"], failing.Select(it => it.GetString()));
        Assert.DoesNotContain("secret", problem.Body.ToString(), StringComparison.Ordinal);
    }
}
