using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Farm.Tests.Store.Engine;

/// <summary>The schema of a database for comparison: without comments, and with columns sorted by name.</summary>
internal static partial class SchemaText
{
    /// <summary>One line for each table, index and trigger.</summary>
    public static List<string> Of(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name";
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add($"{reader.GetString(1)}: {Normal(reader.GetString(0), reader.GetString(2))}");
        return lines;
    }

    private static string Normal(string type, string sql)
    {
        var plain = Blanks().Replace(Comments().Replace(sql, " "), " ").Replace("( ", "(").Replace(" )", ")");
        if (type != "table") return plain;
        var (open, close) = (plain.IndexOf('('), plain.LastIndexOf(')'));
        return $"{plain[..open]}({string.Join(", ", Parts(plain[(open + 1)..close]).Order(StringComparer.Ordinal))}){plain[(close + 1)..]}";
    }

    /// <summary>Splits at commas outside parentheses.</summary>
    private static IEnumerable<string> Parts(string list)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] == '(') depth++;
            if (list[i] == ')') depth--;
            if (list[i] != ',' || depth > 0) continue;
            yield return list[start..i].Trim();
            start = i + 1;
        }

        yield return list[start..].Trim();
    }

    [GeneratedRegex("--[^\n]*\n")]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
