using System.Globalization;
using System.Text.RegularExpressions;

namespace Farm.Server.JobTypes.OpenJobDescription.Spaces;

/// <summary>
/// Integers in increasing order, written like <c>1-10:3,20</c> (Open Job Description 2023-09, section 3.4.1.1.1). Stored as runs.
/// </summary>
internal sealed partial class IntRange
{
    private readonly Run[] _runs;
    private readonly long[] _before;

    private IntRange(Run[] runs)
    {
        _runs = runs;
        _before = new long[runs.Length];
        for (var i = 1; i < runs.Length; i++) _before[i] = checked(_before[i - 1] + runs[i - 1].Count);
        Count = checked(_before[^1] + runs[^1].Count);
    }

    /// <summary>Number of integers; at least one.</summary>
    public long Count { get; }

    /// <summary>The integer at a zero-based index.</summary>
    public long this[long index]
    {
        get
        {
            var at = Array.BinarySearch(_before, index);
            var run = at >= 0 ? at : ~at - 1;
            return _runs[run].Least + (index - _before[run]) * _runs[run].Step;
        }
    }

    /// <summary>Parses a range expression.</summary>
    /// <exception cref="FormatException">The expression is invalid; the message says why.</exception>
    public static IntRange Parse(string expression)
    {
        var runs = expression.Split(',').Select(ParseElement).OrderBy(run => run.Reach.First).ToArray();
        for (var i = 1; i < runs.Length; i++)
        {
            // Compare the bounds, not the numbers: 1-10:4 and 10-15 overlap although only one contains 10.
            if (runs[i].Reach.First <= runs[i - 1].Reach.Last)
                throw new FormatException($"\"{runs[i - 1].Text}\" and \"{runs[i].Text}\" overlap");
        }

        try
        {
            return new IntRange(runs);
        }
        catch (OverflowException)
        {
            throw new FormatException($"\"{expression}\" has too many numbers");
        }
    }

    private static Run ParseElement(string text)
    {
        var match = ElementPattern().Match(text);
        if (!match.Success)
            throw new FormatException($"\"{text.Trim()}\" is neither a whole number nor a range like 1-10 or 1-10:2");
        var first = Number(match.Groups["first"].Value);
        if (!match.Groups["last"].Success) return new Run(first, 1, 1, (first, first), text.Trim());
        var last = Number(match.Groups["last"].Value);
        var step = match.Groups["step"].Success ? Number(match.Groups["step"].Value) : 1;
        if (step == 0) throw new FormatException($"\"{text.Trim()}\" has steps of 0");
        var goesOn = step > 0 ? last > first : last < first;
        if (!goesOn) return new Run(first, 1, 1, (first, first), text.Trim());
        var wide = ((Int128)last - first) / step;
        if (wide >= long.MaxValue) throw new FormatException($"\"{text.Trim()}\" has too many numbers");
        var hops = (long)wide;
        var end = first + hops * step;
        var (low, high) = step > 0 ? (first, last) : (last, first);
        return new Run(Math.Min(first, end), step == long.MinValue ? long.MaxValue : Math.Abs(step), hops + 1, (low, high), text.Trim());
    }

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{text} is too large: whole numbers have 64 bits");

    [GeneratedRegex(@"\A[ \t]*(?<first>-?[0-9]+)([ \t]*-[ \t]*(?<last>-?[0-9]+)(:(?<step>-?[0-9]+))?)?[ \t]*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ElementPattern();

    /// <summary>Equally spaced numbers.</summary>
    private readonly record struct Run(long Least, long Step, long Count, (long First, long Last) Reach, string Text);
}
