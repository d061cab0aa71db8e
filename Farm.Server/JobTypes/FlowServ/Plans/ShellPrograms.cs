using System.Text.RegularExpressions;

namespace Farm.Server.JobTypes.FlowServ.Plans;

/// <summary>Knows which words of shell commands make programs of other words.</summary>
internal static partial class ShellPrograms
{
    /// <summary>Whether a word is the program to run: only assignments and words such as <c>then</c> or <c>exec</c> precede it, and it is none.</summary>
    /// <param name="words">The words before it.</param>
    /// <param name="begun">What is there of it.</param>
    public static bool IsProgram(IReadOnlyList<string> words, string begun) => words.All(word => Prefix().IsMatch(word)) && !Prefix().IsMatch(begun);

    /// <summary>Whether a word is code for the program of the command.</summary>
    /// <param name="words">The words before it.</param>
    /// <param name="begun">What is there of it.</param>
    public static bool IsCode(IReadOnlyList<string> words, string begun) =>
        words.Any(word => Evaluator().IsMatch(word))
        || (After(words, Interpreter()) is { } options && Operands(options, InterpreterOption()) == 0 && (CodeOption().IsMatch(begun) || IsLast(options, CodeOption())))
        || (After(words, Filter()) is { } before && IsScript(before, begun));

    /// <summary>Whether the next word of awk or sed is its script: no operand precedes it, and it is no value of another option.</summary>
    private static bool IsScript(IReadOnlyList<string> words, string begun)
    {
        if (IsLast(words, ScriptOption())) return true;
        var isValue = IsLast(words, FilterOption()) || begun.StartsWith("-v", StringComparison.Ordinal);
        return !isValue && Operands(words, FilterOption()) == 0 && !words.Any(word => ScriptOption().IsMatch(word) || word is "-f" or "--file");
    }

    /// <summary>The words after the first that matches; null if none does.</summary>
    private static List<string>? After(IReadOnlyList<string> words, Regex program)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (program.IsMatch(words[i])) return [.. words.Skip(i + 1)];
        }

        return null;
    }

    /// <summary>The number of words that are neither options nor their values.</summary>
    private static int Operands(IReadOnlyList<string> words, Regex hasValue) =>
        words.Where((word, index) => word[0] is not ('-' or '+' or '/') && (index == 0 || !hasValue.IsMatch(words[index - 1]))).Count();

    private static bool IsLast(IReadOnlyList<string> words, Regex option) => words is [.., var last] && option.IsMatch(last);

    [GeneratedRegex(@"^(?:[A-Za-z_][A-Za-z0-9_]*=.*|if|then|elif|else|while|until|do|time|exec|command|builtin|nohup|env|nice|sudo|setsid|xargs|!|\{)$", RegexOptions.Singleline)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^(?:.*/)?(?:eval|ssh|trap|su|watch|parallel)$", RegexOptions.Singleline)]
    private static partial Regex Evaluator();

    [GeneratedRegex(@"^(?:.*/)?(?:(?:ba|da|z|k|a|fi|c|tc)?sh|python[0-9.]*|perl|ruby|nodejs|node|php|lua|Rscript|R|pwsh|powershell|cmd|psql|mysql)(?:\.exe)?$", RegexOptions.Singleline)]
    private static partial Regex Interpreter();

    [GeneratedRegex(@"^(?:-[A-Za-z]*[cerEp]|--(?:eval|command|execute|print|expr)=?|-(?:Encoded)?Command|/[cCkK])$")]
    private static partial Regex CodeOption();

    [GeneratedRegex("^[-+][A-Za-z]*[oOWX]$")]
    private static partial Regex InterpreterOption();

    [GeneratedRegex(@"^(?:.*/)?(?:[gmn]?awk|g?sed)$", RegexOptions.Singleline)]
    private static partial Regex Filter();

    [GeneratedRegex("^(?:-[A-Za-z]*e|--expression)$")]
    private static partial Regex ScriptOption();

    [GeneratedRegex("^(?:-[A-Za-z]*[vFf]|--file)$")]
    private static partial Regex FilterOption();
}
