using System.Buffers.Binary;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Accounts.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace DreamPlatform.Web.Tests.Accounts;

public sealed class PasswordRulesTests
{
    private const string Email = "zhang.wei@example.org";

    public static TheoryData<string> Good =>
    [
        "correct horse battery staple", "tr0ub4dor", "xkqzjvwp", "熊猫喜欢吃竹子和苹果", "Good-1234!",
        new string('x', 10) + new string('y', 10) + "z", LongOf(128), "          a bc", "13800138000x",
    ];

    public static TheoryData<string> Bad =>
    [
        "", "1234567", "xkqzjvw", LongOf(129), "password", "PASSWORD", "Password1!", "p@ssw0rd", "12345678", "87654321",
        "qwertyuiop", "asdfghjkl1", "abcdefgh", "aaaaaaaa", "abababab", "abcabcabc", "passwordpassword", "1qaz2wsx",
        "iloveyou2", "woaini1314", "5201314520", "letmein123", "zhang.wei", "Zhang.Wei2026", "dreamplatform1", "qwerty123",
        "sunshine!!", "11111111", "1q2w3e4r", "admin123!", "welcome2026",
    ];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_long_enough_password_that_nobody_tries_first_will_do(string password) =>
        Assert.Null(PasswordRules.WhatIsWrong(password, Email));

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_short_one_and_one_that_is_tried_first_will_not(string password) =>
        Assert.NotNull(PasswordRules.WhatIsWrong(password, Email));

    [Fact]
    public async Task Every_character_of_a_long_password_counts()
    {
        await using var app = await TestApp.StartAsync();
        var password = LongOf(128);
        await app.RegisterAsync("wang@example.org", password);

        var cut = await app.Anonymous.Login("wang@example.org", password[..127]).ProblemAsync();
        var changed = await app.Anonymous.Login("wang@example.org", password[..127] + "#").ProblemAsync();

        Assert.Equal(("invalid-credentials", "invalid-credentials"), (cut.Code, changed.Code));
        await app.SignInAsync("wang@example.org", password);
    }

    /// <summary>OWASP's Password Storage Cheat Sheet: PBKDF2 with HMAC-SHA-512, 210,000 iterations.</summary>
    [Fact]
    public async Task Passwords_are_hashed_as_slowly_as_OWASP_asks()
    {
        await using var app = await TestApp.StartAsync(new() { HashesSlowly = true });
        await using var scope = app.Services.CreateAsyncScope();
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<Account>>();

        var hash = Convert.FromBase64String(hasher.HashPassword(new Account(), "Correct-Horse-7"));

        // Identity's format 1: the function, then how often, each as four bytes.
        Assert.Equal((1, 2), (hash[0], BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(1))));
        Assert.True(BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)) >= 210_000);
    }

    [Fact]
    public async Task The_first_operators_password_has_to_be_good_too()
    {
        var refused = await Assert.ThrowsAsync<Web.Operating.StartRefusedException>(() => TestApp.StartAsync(new()
        {
            Settings = new() { ["FirstOperator:Email"] = Email, ["FirstOperator:Password"] = "password123" },
        }));

        Assert.Contains("FirstOperator", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(DemoAccounts.Password, refused.Message, StringComparison.Ordinal);
    }

    private static string LongOf(int length) =>
        string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * i % 23))));
}
