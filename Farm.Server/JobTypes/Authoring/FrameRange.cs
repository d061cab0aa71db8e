using System.Globalization;
using System.Text.RegularExpressions;

namespace Farm.Server.JobTypes.Authoring;

/// <summary>
/// A set of frames as artists write it: <c>1-10, 20..25, 40</c> (Contracts/Flamenco/Contract.md section 7.3). Stored as runs, so a range of
/// a million frames takes no more memory than one of ten.
/// </summary>
/// <remarks>
/// Negative frames are rejected: on Blender's command line, <c>-5</c> means "five before the last", so it would render the
/// wrong frames.
/// </remarks>
internal sealed partial class FrameRange
{
    private readonly IReadOnlyList<FrameRun> _runs;

    private FrameRange(IReadOnlyList<FrameRun> runs) => _runs = runs;

    /// <summary>Sorted, non-adjacent runs; at least one.</summary>
    public IReadOnlyList<FrameRun> Runs => _runs;

    /// <summary>The lowest frame.</summary>
    public int First => _runs[0].First;

    /// <summary>The highest frame.</summary>
    public int Last => _runs[^1].Last;

    /// <summary>Number of distinct frames.</summary>
    public long Count => _runs.Sum(run => run.Count);

    /// <summary>Parses a range; frames may be in any order and repeated.</summary>
    /// <exception cref="FormatException">The text is empty or invalid; the message names the invalid part and the reason.</exception>
    public static FrameRange Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new FormatException("The frame range is empty; write for example 1-10, 20..25, 40.");
        return new FrameRange(Merge(text.Split(',').Select(ParsePart)));
    }

    /// <summary>Number of chunks of at most <paramref name="size"/> frames.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is less than 1.</exception>
    public long ChunkCount(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return (Count - 1) / size + 1;
    }

    /// <summary>
    /// Splits the range, in order, into chunks of <paramref name="size"/> frames; the last chunk may be smaller. A chunk may span
    /// gaps. Evaluated lazily.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is less than 1.</exception>
    public IEnumerable<FrameRange> Chunks(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return MakeChunks(size);
    }

    /// <summary>The shortest text that parses to this range: <c>1-5</c>, but <c>6,7</c> for two consecutive frames.</summary>
    public override string ToString() => Write("-");

    /// <summary>The range in the syntax of Blender's <c>--render-frame</c>: <c>1..5,8</c>.</summary>
    public string ToBlenderArgument() => Write("..");

    /// <summary>Every run as first-last, even a single frame: <c>1-5,8-8</c>.</summary>
    public string ToRanges() => string.Join(',', _runs.Select(run => $"{run.First}-{run.Last}"));

    private string Write(string between) => string.Join(',', _runs.Select(run => run.Count switch
    {
        1 => $"{run.First}",
        2 => $"{run.First},{run.Last}",
        _ => $"{run.First}{between}{run.Last}",
    }));

    private IEnumerable<FrameRange> MakeChunks(int size)
    {
        var chunk = new List<FrameRun>();
        long room = size;
        foreach (var run in _runs)
        {
            for (long first = run.First; first <= run.Last;)
            {
                var last = Math.Min(run.Last, first + room - 1);
                chunk.Add(new FrameRun((int)first, (int)last));
                room -= last - first + 1;
                first = last + 1;
                if (room > 0)
                    continue;
                yield return new FrameRange(chunk);
                chunk = [];
                room = size;
            }
        }
        if (chunk.Count > 0)
            yield return new FrameRange(chunk);
    }

    private static List<FrameRun> Merge(IEnumerable<FrameRun> runs)
    {
        var merged = new List<FrameRun>();
        foreach (var run in runs.OrderBy(run => run.First))
        {
            if (merged.Count > 0 && run.First <= merged[^1].Last + 1L)
                merged[^1] = merged[^1] with { Last = Math.Max(merged[^1].Last, run.Last) };
            else
                merged.Add(run);
        }
        return merged;
    }

    private static FrameRun ParsePart(string part)
    {
        var match = PartPattern().Match(part);
        if (!match.Success)
            throw BadPart(part, part.TrimStart().StartsWith('-') ? "frames below 0 cannot be rendered" : "write 5 or 1-10 or 1..10");
        var first = ParseFrame(match.Groups["first"].Value, part);
        var last = match.Groups["last"] is { Success: true, Value: var text } ? ParseFrame(text, part) : first;
        return first <= last ? new FrameRun(first, last) : throw BadPart(part, "it ends before it begins");
    }

    private static int ParseFrame(string digits, string part) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var frame) && frame < int.MaxValue
            ? frame
            : throw BadPart(part, "the frame number is too large");

    private static FormatException BadPart(string part, string why)
    {
        var shown = part.Trim();
        return new($"\"{(shown.Length > 40 ? shown[..40] + "…" : shown)}\" is no range of frames: {why}.");
    }

    [GeneratedRegex(@"^\s*(?<first>[0-9]+)\s*((-|\.\.)\s*(?<last>[0-9]+)\s*)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex PartPattern();
}

/// <summary>Consecutive frames.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest; at least <paramref name="First"/>.</param>
internal readonly record struct FrameRun(int First, int Last)
{
    /// <summary>Number of frames.</summary>
    public long Count => (long)Last - First + 1;
}
