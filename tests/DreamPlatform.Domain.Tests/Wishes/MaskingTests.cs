using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Domain.Tests.Wishes;

/// <summary>What is left to see of who applied.</summary>
public sealed class MaskingTests
{
    [Theory]
    [InlineData("", "****")]
    [InlineData("李", "****")]
    [InlineData("李小花", "李**")]
    [InlineData("Anna", "A**")]
    [InlineData("👩‍👧 x", "👩‍👧**")]
    public void Of_a_name_the_first_character_is_left(string name, string masked) =>
        Assert.Equal(masked, Masking.Name(name));

    [Theory]
    [InlineData("", "****")]
    [InlineData("1234567", "****")]
    [InlineData("12345678", "****5678")]
    public void Of_a_number_the_tail_is_left_if_it_is_long_enough(string value, string masked) =>
        Assert.Equal(masked, Masking.Tail(value));
}
