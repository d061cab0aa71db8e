using Farm.Server.Worker.Processes;

namespace Farm.Tests.Worker;

public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  -b   -y ", new[] { "-b", "-y" })]
    [InlineData("-b --python-expr 'import bpy; print(\"x\")'", new[] { "-b", "--python-expr", "import bpy; print(\"x\")" })]
    [InlineData("\"a b\"c d", new[] { "a bc", "d" })]
    [InlineData("a\\ b \"q\\\"q\" '\\'", new[] { "a b", "q\"q", "\\" })]
    [InlineData("\"C:\\Blender\" ''", new[] { "C:\\Blender", "" })]
    [InlineData("$HOME `id` *", new[] { "$HOME", "`id`", "*" })]
    public void Words_are_split_as_by_a_shell_without_expansion(string text, string[] words) =>
        Assert.Equal(words, ShellWords.Split(text));

    [Theory]
    [InlineData("'open")]
    [InlineData("\"open")]
    [InlineData("end\\")]
    public void An_unclosed_quote_or_escape_is_rejected(string text) => Assert.Throws<FormatException>(() => ShellWords.Split(text));
}
