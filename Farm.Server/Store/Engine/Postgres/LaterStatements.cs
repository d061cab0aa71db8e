using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>
/// Statements whose results nobody waits for. They are sent together with the next one, as parts of it (WITH), because a message to the server and its
/// answer take longer than most statements. The parts of one statement do not see what the others do, so they must be of different tables and read
/// no other.
/// </summary>
internal sealed partial class LaterStatements
{
    private readonly List<(PostgresSql Sql, string Table, NpgsqlParameter[] Parameters)> _waiting = [];
    private readonly Dictionary<string, string> _combined = [];

    /// <summary>Whether some wait.</summary>
    public bool Any => _waiting.Count > 0;

    /// <summary>Whether a statement may be a part of one with those that wait.</summary>
    public bool Accepts(PostgresSql sql) => TableOf(sql) is { } table && _waiting.TrueForAll(other => other.Table != table);

    /// <summary>Lets a statement wait.</summary>
    public void Add(PostgresSql sql, NpgsqlParameter[] parameters) => _waiting.Add((sql, TableOf(sql)!, parameters));

    /// <summary>Forgets those that wait.</summary>
    public void Clear() => _waiting.Clear();

    /// <summary>One statement that runs those that wait and a last one, whose result it has. Nothing waits any more.</summary>
    public NpgsqlCommand With(PostgresSql last, NpgsqlParameter[] parameters, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(Text(last), connection);
        foreach (var waiting in _waiting) command.Parameters.AddRange(waiting.Parameters);
        command.Parameters.AddRange(parameters);
        _waiting.Clear();
        return command;
    }

    /// <summary>One statement that runs those that wait.</summary>
    public NpgsqlCommand All(NpgsqlConnection connection)
    {
        var last = _waiting[^1];
        _waiting.RemoveAt(_waiting.Count - 1);
        return With(last.Sql, last.Parameters, connection);
    }

    private string Text(PostgresSql last)
    {
        if (_waiting.Count == 0) return last.Text;
        var key = string.Join('\n', _waiting.Select(waiting => waiting.Sql.Text).Append(last.Text));
        if (_combined.TryGetValue(key, out var known)) return known;
        var text = new StringBuilder();
        var parameters = 0;
        for (var part = 0; part < _waiting.Count; part++)
        {
            text.Append(part == 0 ? "WITH " : ", ").Append($"part_{part} AS (").Append(Shift(_waiting[part].Sql.Text, parameters)).Append(')');
            parameters += _waiting[part].Parameters.Length;
        }

        return _combined[key] = text.Append(' ').Append(Shift(last.Text, parameters)).ToString();
    }

    private static string Shift(string text, int by) =>
        Parameter().Replace(text, match => match.Groups[1].Success ? $"${int.Parse(match.Groups[1].ValueSpan) + by}" : match.Value);

    /// <summary>The table that a statement writes; null if it also reads.</summary>
    private static string? TableOf(PostgresSql sql) =>
        Target().Match(sql.Text) is { Success: true } target && !Reads().IsMatch(sql.Text) ? target.Groups[1].Value : null;

    [GeneratedRegex(@"^\s*(?:UPDATE|INSERT INTO)\s+(\w+)")]
    private static partial Regex Target();

    // Rows that a parameter contains are not read from a table.
    [GeneratedRegex(@"\b(?:FROM|JOIN|USING)\s+(?!json_each\b|\()")]
    private static partial Regex Reads();

    // Texts in quotes are passed over.
    [GeneratedRegex(@"'[^']*'|\$(\d+)")]
    private static partial Regex Parameter();
}
