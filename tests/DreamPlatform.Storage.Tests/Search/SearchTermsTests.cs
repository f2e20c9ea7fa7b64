using DreamPlatform.Storage.Search;

namespace DreamPlatform.Storage.Tests.Search;

/// <summary>What texts are found by.</summary>
public sealed class SearchTermsTests
{
    [Theory]
    [InlineData("看书", "看 书 看书")]
    [InlineData("冬天的书包", "书 书包 冬 冬天 包 天 天的 的 的书")]
    [InlineData("书", "书")]
    [InlineData("书，包", "书 包")]
    [InlineData("Two warm Blankets", "b bl blanket t tw two w wa warm")]
    [InlineData("Café ÉCOLE naïve", "c ca cafe e ec ecole n na naive")]
    [InlineData("ＡＢＣ１２３", "1 12 123 a ab abc")]
    [InlineData("iPhone15 5G网络", "1 15 5 g i ip iphone 网 络 网络")]
    [InlineData("100元/月", "1 10 100 元 月")]
    [InlineData("children's children’s", "c ch children")]
    [InlineData("ｶﾞﾗｽ", "カ カラ ス ラ ラス")]
    [InlineData("한국어", "국 국어 어 한 한국")]
    [InlineData("二〇二六", "〇 〇二 二 二〇 二六 六")]
    [InlineData("𠀀𠀁", "𠀀 𠀀𠀁 𠀁")]
    [InlineData("stories glasses boxes bus class news", "b bo box bu bus c cl class g gl glass n ne new s st story")]
    [InlineData("", "")]
    [InlineData(" \t\r\n", "")]
    [InlineData("'%_*\"\\;--!?…。", "")]
    [InlineData("\ud800 half \udc00", "h ha half")]
    [InlineData("\uffff\ufffe no \U0010ffff", "n no")]
    public void A_text_has_terms(string text, string terms) =>
        Assert.Equal(
            terms.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            SearchTerms.OfTexts([text]).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("书包", "书包")]
    [InlineData("书", "书")]
    [InlineData("冬天书包", "冬天 天书 书包")]
    [InlineData("warm blankets", "warm… blanket…")]
    [InlineData("warm WARM wärm", "warm…")]
    [InlineData("书包bag", "书包 bag…")]
    [InlineData("n ne nee 1 12 123", "n ne nee… 1 12 123…")]
    [InlineData("!!!", "")]
    public void A_query_asks_for_terms(string query, string terms) =>
        Assert.Equal(
            terms,
            string.Join(' ', SearchTerms.OfQuery(query).Select(term => term.IsPrefix ? $"{term.Text}…" : term.Text)));

    [Fact]
    public void Every_part_of_a_text_finds_it()
    {
        const string Text = "打工妈妈 needs 2 warm blankets，孩子冬天上学的书包";
        var terms = SearchTerms.OfTexts([Text]);
        foreach (var start in Enumerable.Range(0, Text.Length))
        {
            foreach (var length in Enumerable.Range(1, Text.Length - start))
            {
                var isWordCut = start > 0 && char.IsAsciiLetter(Text[start - 1]) && char.IsAsciiLetter(Text[start]);
                if (isWordCut) continue; // Words are found by how they begin.

                var query = SearchTerms.OfQuery(Text.Substring(start, length));

                Assert.All(query, term => Assert.Contains(
                    terms, it => term.IsPrefix ? it.StartsWith(term.Text, StringComparison.Ordinal) : it == term.Text));
            }
        }
    }

    [Fact]
    public void A_very_long_word_is_found_by_itself()
    {
        var word = new string('ä', 5_000);

        var stored = SearchTerms.OfTexts([word]);

        Assert.Equal(["a", "aa", new string('a', 40)], stored.Order(StringComparer.Ordinal));
        Assert.Contains(Assert.Single(SearchTerms.OfQuery(word)).Text, stored);
    }
}
