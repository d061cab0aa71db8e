using System.Globalization;
using System.Text;

namespace Farm.Server.Hosting.Logging;

/// <summary>Formats an event as one line: <c>2026-11-22 03:40:12 INF worker node-07 signed on (10.0.0.17)</c>.</summary>
internal static class LogText
{
    private const int MaxLength = 8000;

    /// <param name="time">In local time.</param>
    /// <param name="category">Shown for messages of the framework, but not for the farm's own.</param>
    public static string Line(DateTimeOffset time, LogLevel level, string category, string message, Exception? error)
    {
        var line = new StringBuilder();
        line.Append(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)).Append(' ').Append(Name(level)).Append(' ');
        if (!category.StartsWith("Farm.", StringComparison.Ordinal))
            line.Append(category).Append(": ");
        AppendEscaped(line, message);
        if (error is not null)
        {
            line.Append(" | ");
            AppendEscaped(line, error.ToString());
        }
        if (line.Length > MaxLength)
            line.Length = MaxLength;
        return line.ToString();
    }

    /// <summary>
    /// Escapes control characters, because texts come from clients: a line break could fake a line, and an escape sequence or a change of text
    /// direction could fake what the terminal shows.
    /// </summary>
    private static void AppendEscaped(StringBuilder line, string text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '\n':
                    line.Append("\\n");
                    break;
                case '\r':
                    line.Append("\\r");
                    break;
                case '\t':
                    line.Append("\\t");
                    break;
                default:
                    if (VisibleText.IsHarmless(c))
                        line.Append(c);
                    else
                        VisibleText.AppendCode(line, c);
                    break;
            }
        }
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRC",
        LogLevel.Debug => "DBG",
        LogLevel.Information => "INF",
        LogLevel.Warning => "WRN",
        LogLevel.Error => "ERR",
        _ => "CRT",
    };
}
