using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using DreamPlatform.Domain.People;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Storage.Journal;
using DreamPlatform.Web.Messages;
using DreamPlatform.Web.Messages.Texts;
using DreamPlatform.Web.Operating;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace DreamPlatform.Web.Tests.Messages;

/// <summary>The texts, in each language.</summary>
public sealed partial class TextTests
{
    /// <summary>What the texts of a topic may name; for letters see Topics.</summary>
    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["wish-submitted"] = ["wish", "reviewBy", "link"],
        ["wish-approved"] = ["wish", "amount", "link"],
        ["wish-rejected"] = ["wish", "link"],
        ["wish-published"] = ["wish", "amount", "closesOn", "link"],
        ["wish-funded"] = ["wish", "amount", "link"],
        ["item-delivered"] = ["wish", "amount", "link"],
        ["wish-fulfilled"] = ["wish", "link"],
        ["wish-cancelled"] = ["wish", "link"],
        ["pledge-paid"] = ["pledge", "amount", "link"],
        ["pledge-lapsed"] = ["pledge", "amount", "link"],
        ["confirm-email"] = ["link"],
        ["address-already-registered"] = ["link"],
        ["reset-password"] = ["link", "code"],
        ["staff-invitation"] = ["link", "token", "foundation", "role", "expiresAt"],
        ["helper-accepted"] = [],
        ["second-factor-changed"] = ["change"],
        ["password-changed"] = ["at"],
        ["email-changed"] = [],
        ["signed-out-everywhere"] = ["at"],
    };

    private static readonly Dictionary<Language, Dictionary<string, string>> Texts = new()
    {
        [Language.English] = Load(CultureInfo.InvariantCulture),
        [Language.Chinese] = Load(CultureInfo.GetCultureInfo("zh-Hans")),
    };

    private static string[] Letters =>
        [.. typeof(Topics).GetFields().Select(it => (string)it.GetRawConstantValue()!)];

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void Every_text_that_can_be_sent_is_there_and_no_other(Language language)
    {
        string[] expected =
        [
            .. Names.All<Topic>().Concat(Letters).SelectMany(topic => new[] { TextBook.Subject(topic), TextBook.Body(topic) }),
            .. TextBook.OnPhones.Select(TextBook.OnPhone),
            .. TextBook.Codes.SelectMany(codes => codes.Value.Select(code => TextBook.Code(codes.Key, code))),
            TextBook.BelowNews, TextBook.BelowLetters, TextBook.Day, TextBook.Time,
        ];

        Assert.Equal(expected.Order(StringComparer.Ordinal), Texts[language].Keys.Order(StringComparer.Ordinal));
        Assert.All(Texts[language].Values, text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    [Fact]
    public void Both_languages_name_the_same_values_and_only_those_that_their_topic_has()
    {
        foreach (var (key, english) in Texts[Language.English])
        {
            var (named, topic) = (Placeholders(english), key[..key.IndexOf('.', StringComparison.Ordinal)]);
            Assert.Equal(named, Placeholders(Texts[Language.Chinese][key]));
            Assert.Subset(Values.GetValueOrDefault(topic, []).ToHashSet(), named.ToHashSet());
        }
    }

    [Fact]
    public void The_bodies_name_every_value_that_their_topic_has() => Assert.All(Values, topic => Assert.Equal(
        topic.Value.Order(StringComparer.Ordinal).Distinct(),
        Placeholders(Texts[Language.English][TextBook.Body(topic.Key)] + Texts[Language.English][TextBook.Subject(topic.Key)])));

    [Fact]
    public void What_stands_for_a_value_is_spelled_right_and_a_link_has_a_line_of_its_own() =>
        Assert.All(Texts.Values.SelectMany(texts => texts), text =>
        {
            var left = Placeholder().Replace(text.Value, "");
            Assert.DoesNotContain('{', left);
            Assert.DoesNotContain('}', left);
            if (text.Key.EndsWith(".body", StringComparison.Ordinal))
                Assert.Equal(text.Value.Contains("{link}", StringComparison.Ordinal), text.Value.Split("\n\n").Contains("{link}"));
        });

    [Fact]
    public void A_text_is_not_left_in_the_other_language() => Assert.All(Texts[Language.Chinese], text =>
    {
        if (text.Key.StartsWith("pattern.", StringComparison.Ordinal)) return;
        Assert.NotEqual(Texts[Language.English][text.Key], text.Value);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", text.Value);
        Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", Texts[Language.English][text.Key]);
    });

    [Fact]
    public void Mails_use_the_words_of_the_site() => Assert.All(
        Texts[Language.Chinese].Values, text => Assert.DoesNotMatch("心愿|机构|账号|二次验证", text));

    [Theory]
    [InlineData("zh-CN", Language.Chinese)]
    [InlineData("ZH", Language.Chinese)]
    [InlineData("en-GB,zh;q=0.9", Language.English)]
    [InlineData("zh;q=0.4,en;q=0.5", Language.English)]
    [InlineData("en;q=0", null)]
    [InlineData("en;q=0,zh;q=0.1", Language.Chinese)]
    [InlineData("zha-CN,enm", null)]
    [InlineData("zha-CN,en", Language.English)]
    public void A_browser_gets_the_language_that_it_asks_for_and_none_that_only_begins_alike(
        string asked, Language? expected)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = asked;

        Assert.Equal(expected, Languages.AskedFor(http));
    }

    [Fact]
    public void Nobody_is_called_by_a_word_that_makes_them_small() => Assert.All(
        Texts[Language.Chinese].Values, text => Assert.DoesNotMatch("贫困户|献爱心|您", text));

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Chinese)]
    public void Every_topic_can_be_written(Language language)
    {
        var writer = Writer("CNY");
        foreach (var (topic, names) in Values)
        {
            var values = new TextValues();
            foreach (var name in names) values[name] = Example(name);

            var text = writer.Write(topic, language, values, TextBook.BelowNews);

            Assert.Empty(Placeholders(text.Subject + text.Plain));
            Assert.DoesNotContain('\n', text.Subject);
            Assert.All(
                text.Plain.Split('\n'), line => Assert.Contains(
                    System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(line == "-- " ? "" : line),
                    text.Html, StringComparison.Ordinal));
            if (TextBook.OnPhones.Any(onPhone => Names.Of(onPhone) == topic))
                Assert.Contains("https://", writer.WriteShort(Names.Parse<Topic>(topic)!.Value, language, values), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("CNY", 0, "¥0.00")]
    [InlineData("CNY", 1, "¥0.01")]
    [InlineData("CNY", 113_350, "¥1,133.50")]
    [InlineData("CNY", 100_000_000_005, "¥1,000,000,000.05")]
    [InlineData("EUR", 113_350, "EUR\u00a01,133.50")]
    [InlineData("JPY", 113_350, "JPY\u00a0113,350")]
    [InlineData("KWD", 113_350, "KWD\u00a0113.350")]
    [InlineData("XXX", 113_350, "XXX\u00a01,133.50")]
    public void Amounts_show_every_minor_unit_their_currency_has(string currency, long minor, string expected)
    {
        var currencies = new Currencies(Options.Create(new MoneySettings { Currency = currency }));

        Assert.Equal(expected, currencies.Format(minor, Languages.CultureOf(Language.English)));
        Assert.Equal(expected, currencies.Format(minor, Languages.CultureOf(Language.Chinese)));
    }

    [Fact]
    public void Days_and_times_are_those_of_the_platforms_calendar()
    {
        var values = new TextValues { ["at"] = new DateTimeOffset(2026, 3, 8, 17, 5, 0, TimeSpan.Zero) };

        Assert.Contains("9 March 2026, 01:05 (China time)", Write(Language.English), StringComparison.Ordinal);
        Assert.Contains("2026年3月9日 01:05", Write(Language.Chinese), StringComparison.Ordinal);

        string Write(Language language) =>
            Writer("CNY").Write(Topics.PasswordChanged, language, values, TextBook.BelowLetters).Plain;
    }

    [Fact]
    public void A_value_is_cut_before_it_fills_a_mail_and_an_unknown_code_is_not_repeated()
    {
        var values = new TextValues { ["change"] = "<script>", ["foundation"] = new string('x', 10_000) };

        var text = Writer("CNY").Write(Topics.SecondFactorChanged, Language.English, values, TextBook.BelowLetters);

        Assert.DoesNotContain("script", text.Html, StringComparison.Ordinal);
        foreach (var name in (string[])["link", "token", "role"]) values[name] = "x";
        values["expiresAt"] = "y";
        Assert.InRange(
            Writer("CNY").Write(Topics.StaffInvitation, Language.English, values, TextBook.BelowLetters).Subject.Length, 200, 220);
    }

    private static MessageWriter Writer(string currency) =>
        new(new Currencies(Options.Create(new MoneySettings { Currency = currency })));

    private static object Example(string name) => name switch
    {
        "amount" => new Amount(113_350),
        "reviewBy" or "closesOn" => new DateOnly(2026, 3, 9),
        "at" or "expiresAt" => new DateTimeOffset(2026, 3, 9, 1, 0, 0, TimeSpan.Zero),
        "change" => "enabled",
        "role" => "finance",
        "link" => "https://wishes.example.org/x?a=1&b=二",
        _ => "A \"value\" & <more>",
    };

    private static string[] Placeholders(string text) =>
        [.. Placeholder().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Load(CultureInfo culture)
    {
        var resources = new ResourceManager("DreamPlatform.Web.Messages.Texts.Texts", typeof(MessageWriter).Assembly);
        return resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => ((string)entry.Value!).ReplaceLineEndings("\n"));
    }

    [GeneratedRegex(@"\{([a-zA-Z]+)\}")]
    private static partial Regex Placeholder();
}
