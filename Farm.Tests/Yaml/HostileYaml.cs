using System.Text;

namespace Farm.Tests.Yaml;

/// <summary>Texts that once ended the process, or held a core or the memory, and their kin.</summary>
internal static class HostileYaml
{
    private const int Many = 60_000;

    /// <summary>What each attacks, the text, and a part of the reason why it is refused.</summary>
    public static readonly IReadOnlyDictionary<string, (string Text, string Reason)> Refused = new Dictionary<string, (string, string)>
    {
        ["deep lists in brackets"] = (Repeat("[", Many), "too deep"),
        ["deep lists in brackets, one a line"] = (Repeat("[\n", Many), "too deep"),
        ["deep lists that are closed"] = (Repeat("[", Many) + Repeat("]", Many), "too deep"),
        ["deep lists by hyphens"] = (Repeat("- ", Many), "too deep"),
        ["deep maps in braces"] = (Repeat("{a: ", Many), "too deep"),
        ["deep maps by indentation"] = (string.Concat(Enumerable.Range(0, 400).Select(i => new string(' ', i) + "a:\n")), "too deep"),
        ["maps as names of maps"] = (Repeat("? ", Many), "must be a text"),
        ["lists as names of lists"] = (Repeat("[? ", Many), ""),
        ["depth through aliases"] = (DeepAliases(), "too deep"),
        ["a billion laughs"] = (Laughs("ha"), "too large"),
        ["a long text many times"] = ($"- &a {new string('x', 1_000_000)}\n{Repeat("- *a\n", 1000)}", "too large"),
        ["an alias of itself"] = ("&a [*a]", "stands for nothing"),
        ["an alias of itself in a map"] = ("&a {b: *a}", "stands for nothing"),
        ["more values than memory likes"] = ($"[{Repeat("a,", 200_001)}]", "too large"),
        ["a text that is too long"] = (new string('a', 9 * 1024 * 1024), "too large"),
        ["a very long name"] = ($"? {new string('a', 1_000_000)}\n: b", "a name is longer"),
        ["a very long tag"] = ($"!{new string('a', 1_000_000)} b", "a tag is longer"),
        ["an octal number of a million digits"] = ($"a: 0{new string('7', 1_000_000)}", "a number is longer"),
        ["a modern octal number of a million digits"] = ($"a: 0o{new string('7', 1_000_000)}", "a number is longer"),
        ["a hexadecimal number of a million digits"] = ($"a: 0x{new string('f', 1_000_000)}", "a number is longer"),
        ["a binary number of a million digits"] = ($"a: 0b{new string('1', 1_000_000)}", "a number is longer"),
        ["a decimal number of a million digits"] = ($"a: -{new string('9', 1_000_000)}", "a number is longer"),
        ["a sexagesimal number of a million digits"] = ($"a: 1{Repeat(":59", 333_333)}", "a number is longer"),
        ["a fraction of a million digits"] = ($"a: 0.{new string('3', 1_000_000)}", "a number is longer"),
        ["an exponent of a million digits"] = ($"a: 1e{new string('9', 1_000_000)}", "a number is longer"),
        ["an escape beyond Unicode"] = ("\"\\UFFFFFFFF\"", "no character"),
        ["half of a character pair"] = ("\"\\ud800\"", "surrogate"),
        ["a version of many digits"] = ($"%YAML {new string('9', 1000)}.1\n--- a", "version"),
    };

    /// <summary>Large or odd texts that are fine.</summary>
    public static readonly IReadOnlyDictionary<string, string> Accepted = new Dictionary<string, string>
    {
        ["many anchors"] = string.Concat(Enumerable.Range(0, Many).Select(i => $"- &a{i} x\n")),
        ["many aliases"] = "- &a x\n" + Repeat("- *a\n", Many),
        ["many names"] = string.Concat(Enumerable.Range(0, Many).Select(i => $"k{i}: v\n")),
        ["many comments"] = Repeat("#\n", Many) + "a: b",
        ["a huge exponent"] = "a: 1.0e+999999999",
        ["a quoted number of a million digits"] = $"a: '0{new string('7', 1_000_000)}'",
        ["the deepest nesting"] = new string('[', 50) + new string(']', 50),
    };

    private static string DeepAliases() =>
        "- &a0 []\n" + string.Concat(Enumerable.Range(1, 100).Select(i => $"- &a{i} {new string('[', 40)}*a{i - 1}{new string(']', 40)}\n"));

    private static string Laughs(string laugh) =>
        $"a0: &a0 {laugh}\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
