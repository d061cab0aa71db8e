using Microsoft.Data.Sqlite;

namespace Farm.Server.Store;

/// <summary>
/// Prepared statements of one connection, each made once and kept. Parameters are written <c>$1</c>, <c>$2</c> … in the SQL and given in that order.
/// Not for use by two threads at once.
/// </summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    /// <summary>The connection that the statements belong to.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>Runs a statement and returns the number of rows that it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> parameters) => Bind(sql, parameters).ExecuteNonQuery();

    /// <summary>Runs an INSERT and returns the id of the new row.</summary>
    public long Insert(string sql, params ReadOnlySpan<object?> parameters)
    {
        Bind(sql, parameters).ExecuteNonQuery();
        return SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle);
    }

    /// <summary>The first row, or the default value when there is none.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters)
    {
        using var reader = Bind(sql, parameters).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    /// <summary>All rows.</summary>
    public List<T> All<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters)
    {
        using var reader = Bind(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    /// <summary>The integer in the first column of the first row; 0 when there is no row or it is null.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> parameters) =>
        First(sql, static row => row.IsDBNull(0) ? 0 : row.GetInt64(0), parameters);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command)) _prepared.Add(sql, command = Prepare(sql, parameters.Length));
        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = Storable(parameters[i]);
        return command;
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter($"${i}", DBNull.Value));
        command.Prepare();
        return command;
    }

    private static object Storable(object? value) => value switch
    {
        null => DBNull.Value,
        Guid uuid => uuid.ToByteArray(bigEndian: true),
        bool flag => flag ? 1L : 0L,
        Enum status => Convert.ToInt64(status),
        _ => value,
    };
}
