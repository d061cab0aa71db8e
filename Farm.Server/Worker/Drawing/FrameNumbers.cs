namespace Farm.Server.Worker.Drawing;

/// <summary>Parses frame numbers like Blender's command line: `1..5`, `1,2,5`, `-3..-1,7`.</summary>
internal static class FrameNumbers
{
    private const int MostFrames = 1_000_000;

    /// <exception cref="FormatException">The list is invalid, a range is reversed, or there are more than a million frames.</exception>
    public static IReadOnlyList<int> Parse(string text)
    {
        List<int> frames = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split("..", StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || !int.TryParse(ends[0], out var first) || !int.TryParse(ends[^1], out var last))
                throw new FormatException($"'{part}' is not a frame number or a range like 1..5");
            if (last < first) throw new FormatException($"the range '{part}' goes backwards");
            if ((long)last - first + 1 + frames.Count > MostFrames) throw new FormatException($"'{text}' names more than {MostFrames} frames");
            for (var frame = (long)first; frame <= last; frame++) frames.Add((int)frame);
        }
        return frames;
    }
}
