using SQLitePCL;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>A statement that is kept, and what is known of it without running it.</summary>
internal sealed class PreparedStatement
{
    private string[]? _columns;
    private Type[]? _columnTypes;

    /// <summary>Takes a statement that was just prepared.</summary>
    public PreparedStatement(sqlite3_stmt statement)
    {
        Statement = statement;
        Address = statement.DangerousGetHandle();
        ParameterNames = new string[raw.sqlite3_bind_parameter_count(statement)];
        ParameterNumbers = new int[ParameterNames.Length];
        for (var i = 0; i < ParameterNames.Length; i++)
        {
            var name = raw.sqlite3_bind_parameter_name(statement, i + 1).utf8_to_string();
            ParameterNames[i] = name[1..];
            // SQLite counts parameters in the order in which they appear, so that $2 may be its first.
            ParameterNumbers[i] = int.TryParse(ParameterNames[i], out var number) ? number : 0;
        }
    }

    /// <summary>The statement.</summary>
    public sqlite3_stmt Statement { get; }

    /// <summary>Where it is; of use for as long as the session that keeps it.</summary>
    public nint Address { get; }

    /// <summary>The names of the parameters without their mark, in the order of SQLite.</summary>
    public string[] ParameterNames { get; }

    /// <summary>The numbers that the parameters are named by; 0 for one that has a name.</summary>
    public int[] ParameterNumbers { get; }

    /// <summary>The names of the columns of its rows.</summary>
    public string[] Columns => _columns ??=
        [.. Enumerable.Range(0, raw.sqlite3_column_count(Statement)).Select(column => raw.sqlite3_column_name(Statement, column).utf8_to_string())];

    /// <summary>
    /// The types of the columns as they are declared; integers where a column is computed. Not by the values of a row: a null in the first
    /// row would change the type, and Dapper would compile its reader anew.
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
