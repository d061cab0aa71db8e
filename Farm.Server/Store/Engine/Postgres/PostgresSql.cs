using System.Text.RegularExpressions;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>
/// A statement as PostgreSQL runs it. SQL is written for both engines; the few things that differ are translated here. Parameters are
/// numbered by first appearance, and only those that occur are sent.
/// </summary>
internal sealed partial class PostgresSql
{
    private PostgresSql(string text, string[] parameters)
    {
        Text = text;
        Parameters = parameters;
        Numbers = [.. parameters.Select(name => int.TryParse(name, out var number) ? number : 0)];
    }

    /// <summary>The translated text, with parameters <c>$1</c>, <c>$2</c> …</summary>
    public string Text { get; }

    /// <summary>The parameters in their order, by name (<c>job</c>) or by number in the original (<c>2</c>).</summary>
    public string[] Parameters { get; }

    /// <summary>The parameters in their order, by number in the original; 0 for a named parameter.</summary>
    public int[] Numbers { get; }

    /// <summary>Translates a statement.</summary>
    public static PostgresSql Of(string sql)
    {
        // PostgreSQL chooses the index itself, and has other names for unhex and group_concat.
        var text = HexList().Replace(IndexHint().Replace(sql, ""), "SELECT decode(value, 'hex') FROM json_array_elements_text($1::json)")
            .Replace("group_concat(", "string_agg(", StringComparison.Ordinal);
        var parameters = new List<string>();
        text = Parameter().Replace(text, match =>
        {
            if (!match.Groups["name"].Success) return match.Value;
            var name = match.Groups["name"].Value;
            if (!parameters.Contains(name)) parameters.Add(name);
            return $"${parameters.IndexOf(name) + 1}";
        });
        return new PostgresSql(text, [.. parameters]);
    }

    [GeneratedRegex(@"\s+INDEXED BY \w+")]
    private static partial Regex IndexHint();

    [GeneratedRegex(@"SELECT unhex\(value\) FROM json_each\(([@$]\w+)\)")]
    private static partial Regex HexList();

    // Texts in quotes are passed over.
    [GeneratedRegex(@"'[^']*'|[$@](?<name>\w+)")]
    private static partial Regex Parameter();
}
