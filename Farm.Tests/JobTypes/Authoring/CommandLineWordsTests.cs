using Farm.Server.JobTypes.Authoring;

namespace Farm.Tests.JobTypes.Authoring;

public sealed class CommandLineWordsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  a  b ", new[] { "a", "b" })]
    [InlineData("\"a b\" c", new[] { "a b", "c" })]
    [InlineData("x=\"a b\"y", new[] { "x=a by" })]
    [InlineData("\"\"", new[] { "" })]
    [InlineData("C:\\out\\f.png \\\\server\\share", new[] { "C:\\out\\f.png", "\\\\server\\share" })]
    [InlineData("say \\\"hi\\\"", new[] { "say", "\"hi\"" })]
    [InlineData("it's $HOME *", new[] { "it's", "$HOME", "*" })]
    public void Arguments_are_split_at_whitespace_outside_quotes(string text, string[] words) => Assert.Equal(words, CommandLineWords.Split(text));

    [Fact]
    public void An_unclosed_quote_is_rejected() => Assert.Throws<FormatException>(() => CommandLineWords.Split("a \"b"));
}
