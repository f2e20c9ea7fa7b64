using System.Net.Http.Json;
using DreamPlatform.Web.Tests.Journey;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>What a page offers to the operator only, nobody else can send either.</summary>
public sealed class StaffFormTests(DemoApp demo) : IClassFixture<DemoApp>
{
    [Theory]
    [InlineData("operator", 0)]
    [InlineData("foundation", 1)]
    public async Task A_role_is_taken_by_the_operator_alone_whatever_form_is_sent(string who, int left)
    {
        using var administrator = await demo.App.SignInAsync("foundation");
        using var operators = await demo.App.SignInAsync("operator");
        var foundation = (await administrator.Get("/api/me")).GetProperty("roles")[0].Text("foundationId");
        var staff = $"/api/foundations/{foundation}/staff";
        using var given = await operators.PostAsJsonAsync(
            "/api/accounts/reviewer2@demo.example/roles", new { role = "reviewer", foundationId = foundation });
        Assert.True(given.IsSuccessStatusCode);
        var held = (await administrator.Get(staff)).Items().First(it => it.Text("email") == "reviewer2@demo.example");
        using var visitor = await Cookies.VisitAsync(demo.App.Address, who);
        var page = $"/manage/people?foundation={foundation}";
        var fields = await visitor.HiddenAsync(page, "/manage/people");
        fields["_handler"] = $"take-{held.Id()}-Reviewer";

        using var answer = await visitor.PostAsync(page, new FormUrlEncodedContent(fields));

        Assert.Equal(left, (await administrator.Get(staff)).Items().Count(it => it.Id() == held.Id()));
    }
}
