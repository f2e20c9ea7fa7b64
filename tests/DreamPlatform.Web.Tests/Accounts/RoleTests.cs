using System.Net.Http.Json;
using System.Text.Json;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Web.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DreamPlatform.Web.Tests.Accounts;

public sealed class RoleTests(DemoApp demo) : IClassFixture<DemoApp>
{
    private const string DonorRoles = "/api/accounts/donor@demo.example/roles";

    [Fact]
    public async Task An_operator_sets_a_foundation_up_and_its_staff_can_work_at_once()
    {
        await using var app = await TestApp.StartDemoAsync();
        var (oper, donor) = (await app.SignInAsync("operator"), await app.SignInAsync("donor"));
        await donor.GetAsync("/api/me").JsonAsync();
        var foundation = await CreateFoundationAsync(oper);

        for (var time = 0; time < 2; time++)
        {
            var given = await oper.PostAsJsonAsync(
                DonorRoles, new { role = "finance", foundationId = foundation }).JsonAsync();
            Assert.Single(given.GetProperty("roles").EnumerateArray());
        }

        var role = (await donor.GetAsync("/api/me").JsonAsync()).GetProperty("roles")[0];
        Assert.Equal("finance", role.GetProperty("role").GetString());
        Assert.Equal(foundation, role.GetProperty("foundationId").GetGuid());
        Assert.Equal("Bright", role.GetProperty("foundationName").GetString());
    }

    [Fact]
    public async Task A_taken_role_stops_working_at_once_where_it_was_taken_and_taking_it_again_changes_nothing()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new() { Demo = true, Time = time, Map = MapOperatorsOnly });
        var (oper, donor) = (await app.SignInAsync("operator"), await app.SignInAsync("donor"));
        await oper.PostAsJsonAsync(DonorRoles, new { role = "operator" }).JsonAsync();
        await donor.GetAsync("/api/test/operators").JsonAsync();

        for (var again = 0; again < 2; again++)
            await oper.SendAsync(HttpMethod.Delete, DonorRoles, new { role = "operator" }).JsonAsync();

        Assert.Equal(403, (await donor.GetAsync("/api/test/operators").ProblemAsync()).Status);
    }

    [Fact]
    public async Task A_deleted_role_stops_working_within_five_seconds()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await TestApp.StartAsync(new() { Demo = true, Time = time, Map = MapOperatorsOnly });
        var oper = await app.SignInAsync("operator");
        await oper.GetAsync("/api/test/operators").JsonAsync();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            // As another process would do it.
            var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
            Assert.Equal(1, await db.HeldRoles.Where(held => held.Role == Role.Operator).ExecuteDeleteAsync());
        }

        time.Advance(Callers.MaxAge - TimeSpan.FromMilliseconds(1));
        await oper.GetAsync("/api/test/operators").JsonAsync();
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(403, (await oper.GetAsync("/api/test/operators").ProblemAsync()).Status);
    }

    [Fact]
    public async Task Only_operators_give_roles_and_enter_foundations()
    {
        var app = demo.App;
        foreach (var name in new[] { "donor", "foundation", "auditor", "finance" })
        {
            var client = await app.SignInAsync(name);
            var give = await client.PostAsJsonAsync(DonorRoles, new { role = "auditor" }).ProblemAsync();
            var take = await client.SendAsync(HttpMethod.Delete, DonorRoles, new { role = "auditor" }).ProblemAsync();
            var enter = await client.PostAsJsonAsync(
                "/api/foundations", new { name = "x", registrationCode = "y" }).ProblemAsync();
            Assert.All([give, take, enter], it => Assert.Equal((403, "forbidden"), (it.Status, it.Code)));
        }

        var nobody = await app.Anonymous.PostAsJsonAsync(DonorRoles, new { role = "auditor" }).ProblemAsync();
        Assert.Equal((401, "not-signed-in"), (nobody.Status, nobody.Code));
    }

    [Theory]
    [InlineData("""{"role":"operator","foundationId":"0197a1b2-0000-7000-8000-000000000000"}""", 400, "malformed",
        "foundationId")]
    [InlineData("""{"role":"reviewer"}""", 400, "malformed", "foundationId")]
    [InlineData("""{"role":"reviewer","foundationId":"0197a1b2-0000-7000-8000-000000000000"}""", 422,
        "foundation-unknown", "")]
    [InlineData("""{"role":"emperor"}""", 400, "malformed", "role")]
    [InlineData("""{"role":"reviewer, approver"}""", 400, "malformed", "role")]
    [InlineData("""{"role":0}""", 400, "malformed", "role")]
    [InlineData("""{"role":null}""", 400, "malformed", "role")]
    [InlineData("""{}""", 400, "malformed", "role")]
    [InlineData("""{"role":"auditor","foundationId":"7"}""", 400, "malformed", "foundationId")]
    public async Task Roles_that_cannot_be_are_refused(string body, int status, string code, string fields)
    {
        var app = demo.App;
        var oper = await app.SignInAsync("operator");

        var problem = await oper.PostAsync(DonorRoles, Answers.Raw(body)).ProblemAsync();

        Assert.Equal((status, code, fields), (problem.Status, problem.Code, problem.Fields));
    }

    [Fact]
    public async Task An_unknown_account_gets_no_role()
    {
        var app = demo.App;
        var oper = await app.SignInAsync("operator");

        var problem = await oper.PostAsJsonAsync(
            "/api/accounts/nobody@example.org/roles", new { role = "auditor" }).ProblemAsync();

        Assert.Equal((404, "account-unknown"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task The_last_operator_stays()
    {
        await using var app = await TestApp.StartDemoAsync();
        var oper = await app.SignInAsync("operator");
        const string own = "/api/accounts/operator@demo.example/roles";

        var problem = await oper.SendAsync(HttpMethod.Delete, own, new { role = "operator" }).ProblemAsync();
        Assert.Equal((409, "last-operator"), (problem.Status, problem.Code));

        await oper.PostAsJsonAsync(DonorRoles, new { role = "operator" }).JsonAsync();
        var left = await oper.SendAsync(HttpMethod.Delete, own, new { role = "operator" }).JsonAsync();
        Assert.Empty(left.GetProperty("roles").EnumerateArray());
    }

    [Fact]
    public async Task Two_operators_who_take_each_others_role_at_once_leave_one()
    {
        await using var app = await TestApp.StartDemoAsync();
        var (first, second) = (await app.SignInAsync("operator"), await app.SignInAsync("donor"));
        for (var round = 0; round < 5; round++)
        {
            await using (var scope = app.Services.CreateAsyncScope())
            {
                var book = scope.ServiceProvider.GetRequiredService<RoleBook>();
                foreach (var account in await scope.ServiceProvider.GetRequiredService<AccountsDb>().Users
                    .Where(it => it.Email == "donor@demo.example" || it.Email == "operator@demo.example").ToListAsync())
                    await book.GiveAsync(new AccountId(account.Id), new RoleAssignment(Role.Operator, null));
            }

            var body = new { role = "operator" };
            await Task.WhenAll(
                first.SendAsync(HttpMethod.Delete, DonorRoles, body),
                second.SendAsync(HttpMethod.Delete, "/api/accounts/operator@demo.example/roles", body));

            await using var after = app.Services.CreateAsyncScope();
            Assert.Equal(1, await after.ServiceProvider.GetRequiredService<AccountsDb>()
                .HeldRoles.CountAsync(held => held.Role == Role.Operator));
        }
    }

    [Fact]
    public async Task A_registration_code_is_taken_once()
    {
        await using var app = await TestApp.StartDemoAsync();
        var oper = await app.SignInAsync("operator");
        await CreateFoundationAsync(oper);

        var taken = await oper.PostAsJsonAsync(
            "/api/foundations", new { name = "Other", registrationCode = "53100000A" }).ProblemAsync();
        var blank = await oper.PostAsJsonAsync(
            "/api/foundations", new { name = " ", registrationCode = new string('x', 65) }).ProblemAsync();

        Assert.Equal((409, "registration-code-taken"), (taken.Status, taken.Code));
        Assert.Equal((400, "name,registrationCode"), (blank.Status, blank.Fields));
    }

    [Fact]
    public void Every_role_has_one_name_in_the_database_and_in_JSON()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        DreamPlatform.Web.Http.JsonConventions.Apply(json);
        foreach (var role in Enum.GetValues<Role>())
        {
            var name = JsonSerializer.Serialize(role, json).Trim('"');
            Assert.Equal(name, RoleNames.Of(role));
            Assert.Equal(role, RoleNames.Parse(name));
        }
    }

    private static async Task<Guid> CreateFoundationAsync(HttpClient oper)
    {
        var created = await oper.PostAsJsonAsync(
            "/api/foundations", new { name = "Bright", registrationCode = "53100000A" }).JsonAsync(201);
        return created.GetProperty("id").GetGuid();
    }

    private static void MapOperatorsOnly(WebApplication app) =>
        app.MapGet("/api/test/operators", (Caller caller) => Results.Ok(caller.Email))
            .RequireAuthorization(Policies.Operators);
}
