using System.Text;
using Farm.Dashboard.Ports;

namespace Farm.Dashboard.Lists;

/// <summary>A log line and its offset in the log, which identifies it.</summary>
public sealed record LogLine(long Offset, string Text)
{
    public static IReadOnlyList<LogLine> Split(LogTail tail)
    {
        var offset = tail.Size - Encoding.UTF8.GetByteCount(tail.Text);
        var lines = new List<LogLine>();
        foreach (var line in tail.Text.TrimEnd('\n').Split('\n'))
        {
            lines.Add(new LogLine(offset, line.TrimEnd('\r')));
            offset += Encoding.UTF8.GetByteCount(line) + 1;
        }

        return lines;
    }
}
