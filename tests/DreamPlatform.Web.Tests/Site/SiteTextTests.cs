using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DreamPlatform.Domain.Shared;
using DreamPlatform.Domain.Wishes;
using DreamPlatform.Storage.Journal;

namespace DreamPlatform.Web.Tests.Site;

/// <summary>Every word on a page comes from a resource file, in both languages.</summary>
public sealed partial class SiteTextTests
{
    private static readonly string Web = Path.GetFullPath(
        Path.Combine(Here(), "..", "..", "..", "src", "DreamPlatform.Web"));

    private static readonly string Pages = Path.Combine(Web, "Site");

    public static TheoryData<string> Books =>
        [.. Directory.EnumerateFiles(Pages, "*Text.resx", SearchOption.AllDirectories).Select(Relative).Order()];

    public static TheoryData<string> Components =>
        [.. Directory.EnumerateFiles(Pages, "*.razor", SearchOption.AllDirectories).Select(Relative).Order()];

    [Theory]
    [MemberData(nameof(Books))]
    public void Every_text_is_in_both_languages_with_the_same_holes(string book)
    {
        var (english, chinese) = (Read(book), Read(book.Replace(".resx", ".zh-Hans.resx", StringComparison.Ordinal)));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), chinese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english.Keys, key =>
        {
            Assert.NotEqual("", chinese[key].Trim());
            Assert.NotEqual("", english[key].Trim());
            if (!key.EndsWith(".one", StringComparison.Ordinal))
                Assert.Equal(Holes(english[key]), Holes(chinese[key]));
        });
    }

    [Fact]
    public void Every_capacity_in_which_somebody_looks_at_a_case_has_a_word_and_a_reason()
    {
        // Applicants look at what is theirs, and sponsors at nothing.
        var capacities = Names.All<Viewer>().Except([Names.Of(Viewer.Applicant), Names.Of(Viewer.Sponsor)]);
        var texts = Read("Account/DataText.resx");

        Assert.All(capacities, it => Assert.Contains($"as.{it}", texts.Keys));
        Assert.All(capacities, it => Assert.Contains($"looks.why.{it}", texts.Keys));
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void No_words_are_written_into_a_page_itself(string component)
    {
        var markup = Markup(File.ReadAllText(Path.Combine(Pages, component)));

        var between = Between().Matches(markup).Select(match => match.Groups[1].Value.Trim());
        var attributes = Attributes().Matches(markup).Select(match => match.Groups[1].Value);

        Assert.DoesNotContain(between.Concat(attributes), text => Letters().IsMatch(text));
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void Every_text_that_a_page_names_exists(string component)
    {
        var source = File.ReadAllText(Path.Combine(Pages, component));
        foreach (Match book in Injected().Matches(source))
        {
            var keys = Read(Relative(Directory.EnumerateFiles(
                Pages, $"{book.Groups[1].Value}.resx", SearchOption.AllDirectories).Single())).Keys;
            var name = Regex.Escape(book.Groups[2].Value);
            foreach (Match use in Regex.Matches(source, $@"\b{name}\[""([^""]+)"""))
                Assert.Contains(use.Groups[1].Value, keys);
            foreach (Match use in Regex.Matches(source, $@"\b{name}\[\$""([^""{{]+)\{{"))
                Assert.Contains(keys, key => key.StartsWith(use.Groups[1].Value, StringComparison.Ordinal));
            foreach (Match use in Regex.Matches(source, $@"\b{name}\.Count\(""([^""]+)"""))
                Assert.Contains($"{use.Groups[1].Value}.other", keys);
        }
    }

    [Fact]
    public void Every_reason_for_a_refusal_has_a_text()
    {
        var sources = Directory.EnumerateFiles(Web, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Relative(file).Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText).ToArray();
        var codes = StoredNames.DerivedFrom(typeof(Rejection)).Select(it => it.Value)
            .Concat(sources.SelectMany(source => DocumentedCode().Matches(source).Select(it => it.Groups[1].Value)))
            .Concat(sources.SelectMany(source => ThrownCode().Matches(source).Select(it => it.Groups[1].Value)))
            .Distinct().ToArray();

        Assert.True(codes.Length > 80, $"Only {codes.Length} codes were found.");
        Assert.Empty(codes.Except(Read("Forms/ProblemText.resx").Keys));
    }

    [Fact]
    public void Every_sentence_about_a_field_has_a_text()
    {
        string[] folders = ["Accounts", "Errors", "Files", "Http", "Messages", "Payments", "People", "Pledges", "Projects",
            "Wishes"];
        // What only a program can get wrong: a form always sends these right.
        string[] programs = ["Must be left out", "Must be one of", "Must be an ETag", "Must be json", "Must be paid",
            "Must be waiting", "Is for what applicants", "Must be one UUID", "Must be one account", "Must be the one part",
            "Must be text"];
        var sentences = folders.SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Web, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(file) is not ("RequestErrors.cs" or "JsonConventions.cs"))
            .SelectMany(file => Sentence().Matches(File.ReadAllText(file)).Select(it => it.Groups[1].Value))
            .Where(sentence => !programs.Any(program => sentence.StartsWith(program, StringComparison.Ordinal)))
            .Select(sentence =>
            {
                var hole = 0;
                return Regex.Replace(sentence, @"\{[^}]*\}", _ => $"{{{hole++}}}");
            }).Distinct().ToArray();

        Assert.True(sentences.Length > 20, $"Only {sentences.Length} sentences were found.");
        Assert.Empty(sentences.Except(Read("Forms/FieldText.resx").Keys));
    }

    /// <summary>A component without its code: what is left is said to people as it stands.</summary>
    private static string Markup(string source)
    {
        var code = source.IndexOf("\n@code", StringComparison.Ordinal);
        if (code >= 0) source = source[..code];
        source = Comments().Replace(source, "");
        source = string.Join('\n', source.Split('\n').Where(line => !Directive().IsMatch(line)));
        var markup = new StringBuilder();
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '@') i = EndOf(source, i + 1) - 1;
            else markup.Append(source[i]);
        }

        return markup.ToString();
    }

    /// <summary>Where an expression ends: names, dots, and brackets with all that is in them.</summary>
    private static int EndOf(string source, int at)
    {
        var depth = 0;
        while (at < source.Length)
        {
            if (source[at] is '(' or '[') depth++;
            else if (source[at] is ')' or ']') depth--;
            else if (depth == 0 && !char.IsLetterOrDigit(source[at]) && source[at] is not ('.' or '_' or '$')) break;
            at++;
        }

        return at;
    }

    private static Dictionary<string, string> Read(string book) =>
        XDocument.Load(Path.Combine(Pages, book)).Root!.Elements("data")
            .ToDictionary(it => it.Attribute("name")!.Value, it => it.Element("value")!.Value, StringComparer.Ordinal);

    private static string Holes(string text) =>
        string.Join(',', Regex.Matches(text, @"\{\w+\}").Select(it => it.Value).Distinct().Order());

    private static string Relative(string file) => Path.GetRelativePath(Pages, file).Replace('\\', '/');

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex(@">([^<>]*)<")]
    private static partial Regex Between();

    [GeneratedRegex("\\s(?:aria-label|title|alt|placeholder|Label|Legend|Hint)=\"([^\"@]*)\"")]
    private static partial Regex Attributes();

    [GeneratedRegex("@\\*.*?\\*@", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(
        "^\\s*(@(using|inject|inherits|page|attribute|if|foreach|for|switch)\\b|else\\b|"
        + "(foreach|return|if|for|case|var)\\b.*[;):]$)")]
    private static partial Regex Directive();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Letters();

    [GeneratedRegex(@"@inject IStringLocalizer<(\w+)> (\w+)")]
    private static partial Regex Injected();

    [GeneratedRegex("\\([45]\\d\\d, \"([a-z0-9-]+)\"")]
    private static partial Regex DocumentedCode();

    [GeneratedRegex("Exception\\(\\s*\"([a-z0-9]+(?:-[a-z0-9]+)+)\"")]
    private static partial Regex ThrownCode();

    [GeneratedRegex("\"((?:Must|Is|Enable) [^\"]*\\.)\"")]
    private static partial Regex Sentence();
}
