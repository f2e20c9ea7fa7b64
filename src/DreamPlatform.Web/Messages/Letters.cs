using System.Text.Json;
using DreamPlatform.Domain.People;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Accounts;
using DreamPlatform.Web.Messages.Texts;
using Microsoft.AspNetCore.DataProtection;

namespace DreamPlatform.Web.Messages;

/// <summary>Writes letters, and opens them for whoever sends them.</summary>
public sealed class Letters(
    AccountsDb db, IDataProtectionProvider protection, IHttpContextAccessor http, TimeProvider time)
{
    /// <summary>The value that says which language whoever caused the letter reads.</summary>
    private const string LanguageName = "language";

    private readonly IDataProtector protector = protection.CreateProtector("letters.v1");

    /// <summary>Adds a letter to what is saved next: save it in the transaction of what causes it.</summary>
    public void Add(
        Guid? account, string address, string topic, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var now = time.GetUtcNow();
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values) all[name] = value;
        if (Languages.Of(http.HttpContext) is { } language) all[LanguageName] = Languages.TagOf(language);
        db.Letters.Add(new Letter
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account,
            Address = protector.Protect(address),
            Topic = topic,
            Values = protector.Protect(JsonSerializer.Serialize(all)),
            CreatedAt = now,
            NextAt = now,
        });
    }

    /// <summary>Where a letter goes, and what its text is filled in with.</summary>
    public (string Address, IReadOnlyDictionary<string, string> Values) Open(Letter letter) => (
        protector.Unprotect(letter.Address),
        JsonSerializer.Deserialize<SortedDictionary<string, string>>(protector.Unprotect(letter.Values))!);

    internal static Language? LanguageOf(IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue(LanguageName, out var tag) ? Names.Parse<Language>(tag) : null;
}
