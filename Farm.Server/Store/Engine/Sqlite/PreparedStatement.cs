using SQLitePCL;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>A cached prepared statement with its metadata.</summary>
internal sealed class PreparedStatement
{
    private string[]? _columns;
    private Type[]? _columnTypes;

    /// <summary>Reads the parameters of a prepared statement.</summary>
    public PreparedStatement(sqlite3_stmt statement)
    {
        Statement = statement;
        Row = new SqliteRow(statement.DangerousGetHandle());
        ParameterNames = new string[raw.sqlite3_bind_parameter_count(statement)];
        ParameterNumbers = new int[ParameterNames.Length];
        for (var i = 0; i < ParameterNames.Length; i++)
        {
            var name = raw.sqlite3_bind_parameter_name(statement, i + 1).utf8_to_string();
            ParameterNames[i] = name[1..];
            // SQLite numbers parameters by first appearance, so $2 may be its first.
            ParameterNumbers[i] = int.TryParse(ParameterNames[i], out var number) ? number : 0;
        }
    }

    /// <summary>The statement.</summary>
    public sqlite3_stmt Statement { get; }

    /// <summary>The current row; valid as long as the session.</summary>
    public SqliteRow Row { get; }

    /// <summary>Parameter names without their prefix, in SQLite's order.</summary>
    public string[] ParameterNames { get; }

    /// <summary>Parameter numbers, such as 2 for <c>$2</c>; 0 for a named parameter.</summary>
    public int[] ParameterNumbers { get; }

    /// <summary>Column names.</summary>
    public string[] Columns => _columns ??=
        [.. Enumerable.Range(0, raw.sqlite3_column_count(Statement)).Select(column => raw.sqlite3_column_name(Statement, column).utf8_to_string())];

    /// <summary>
    /// Declared column types; integer for computed columns. Not taken from the values: a null in the first row would change the type and
    /// make Dapper compile another mapper.
    /// </summary>
    public Type[] ColumnTypes => _columnTypes ??= [.. Enumerable.Range(0, Columns.Length).Select(Declared)];

    private Type Declared(int column) => raw.sqlite3_column_decltype(Statement, column).utf8_to_string() switch
    {
        "TEXT" => typeof(string),
        "BLOB" => typeof(byte[]),
        "REAL" => typeof(double),
        _ => typeof(long),
    };
}
