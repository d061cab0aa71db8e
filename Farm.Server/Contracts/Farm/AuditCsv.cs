using System.Globalization;
using System.Text;
using Farm.Server.Contracts.Farm.Messages;

namespace Farm.Server.Contracts.Farm;

/// <summary>Writes the audit as comma-separated values (RFC 4180), for spreadsheets.</summary>
internal static class AuditCsv
{
    /// <summary>The names of the columns.</summary>
    public const string Header = "id,time,who,address,via,verb,target_kind,target_id,target,before,after,result,reason,times\r\n";

    /// <summary>With these, also in full width, spreadsheets begin a formula; a tab or line break is dropped before one.</summary>
    private const string BeginsFormula = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>One entry, with the line break at its end.</summary>
    public static string Line(AuditEntryMessage entry)
    {
        var line = new StringBuilder();
        line.Append(entry.Id).Append(',').Append(entry.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        foreach (var text in (string?[])[
            entry.Who, entry.Address, entry.Via, entry.Verb, entry.Target?.Kind, entry.Target?.Id, entry.Target?.Name, entry.Before, entry.After, entry.Result, entry.Reason])
        {
            line.Append(',').Append(Cell(text ?? ""));
        }

        return line.Append(',').Append(entry.Times).Append("\r\n").ToString();
    }

    /// <summary>
    /// A text as a cell. Names come from anyone, and whoever opens the file trusts the farm: so a text that a spreadsheet would compute gets an
    /// apostrophe in front, with which it is shown as it is. Control characters are shown as their codes, so that a cell stays one line.
    /// </summary>
    public static string Cell(string text)
    {
        var visible = VisibleText.Of(text).Replace("\n", "\\u000a", StringComparison.Ordinal).Replace("\r", "\\u000d", StringComparison.Ordinal);
        var guarded = text.Length > 0 && BeginsFormula.Contains(text[0]) ? $"'{visible}" : visible;
        return guarded.AsSpan().ContainsAny(",\"'\t ") ? $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : guarded;
    }
}
