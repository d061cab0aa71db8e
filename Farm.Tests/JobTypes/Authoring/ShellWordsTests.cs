using Farm.Server.JobTypes.Authoring;

namespace Farm.Tests.JobTypes.Authoring;

public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  \t\n", new string[0])]
    [InlineData("-b -y", new[] { "-b", "-y" })]
    [InlineData("  -b   -y ", new[] { "-b", "-y" })]
    [InlineData("'a b' \"c d\"", new[] { "a b", "c d" })]
    [InlineData("a'b c'd", new[] { "ab cd" })]
    [InlineData("'' x \"\"", new[] { "", "x", "" })]
    [InlineData(@"a\ b \\ \'", new[] { "a b", @"\", "'" })]
    [InlineData("""
        "a \"b\" \n \\"
        """, new[] { """
        a "b" \n \
        """ })]
    [InlineData(@"'a\'", new[] { @"a\" })]
    [InlineData("$HOME `ls` *", new[] { "$HOME", "`ls`", "*" })]
    public void A_line_is_split_as_a_shell_does_and_nothing_is_expanded(string line, string[] words) =>
        Assert.Equal(words, ShellWords.Split(line));

    [Theory]
    [InlineData("'a")]
    [InlineData("\"a")]
    [InlineData("\"a\\\"")]
    [InlineData("a\\")]
    public void A_line_that_stops_short_is_refused(string line) => Assert.Throws<FormatException>(() => ShellWords.Split(line));
}
