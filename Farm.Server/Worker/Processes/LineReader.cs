using System.Text;

namespace Farm.Server.Worker.Processes;

/// <summary>
/// Reads a program's output line by line. Long lines are split, to limit memory.
/// </summary>
internal static class LineReader
{
    private const int LongestLine = 16 * 1024;

    /// <summary>Reads until the end. A carriage return also ends a line, as in progress displays; empty lines are skipped.</summary>
    /// <param name="reader">The program's output.</param>
    /// <param name="onText">Called with the raw text before its lines.</param>
    public static async IAsyncEnumerable<string> ReadAsync(StreamReader reader, Action<ReadOnlySpan<char>>? onText = null)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        while (true)
        {
            var count = await reader.ReadAsync(buffer);
            if (count == 0) break;
            onText?.Invoke(buffer.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                var c = buffer[i];
                if (c is not ('\n' or '\r')) line.Append(c);
                if (line.Length == 0 || (c is not ('\n' or '\r') && line.Length < LongestLine)) continue;
                yield return line.ToString();
                line.Clear();
            }
        }
        if (line.Length > 0) yield return line.ToString();
    }
}
