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
    public void Words_are_split_as_a_shell_splits_them_and_nothing_is_expanded(string text, string[] words) =>
        Assert.Equal(words, ShellWords.Split(text));

    [Theory]
    [InlineData("'open")]
    [InlineData("\"open")]
    [InlineData("end\\")]
    public void What_is_not_closed_is_refused(string text) => Assert.Throws<FormatException>(() => ShellWords.Split(text));
}
