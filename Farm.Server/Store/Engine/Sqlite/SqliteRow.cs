using SQLitePCL;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>The row at which a query is, for as long as the function that it was given to runs. Columns count from 0.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    /// <summary>An integer; 0 when it is null.</summary>
    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    /// <inheritdoc cref="GetInt64"/>
    public int GetInt32(int column) => raw.sqlite3_column_int(statement, column);

    /// <summary>A number; 0 when it is null.</summary>
    public double GetDouble(int column) => raw.sqlite3_column_double(statement, column);

    /// <summary>A text; empty when it is null.</summary>
    public string GetString(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    /// <summary>Bytes; none when it is null.</summary>
    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    /// <summary>Whether there is no value.</summary>
    public bool IsDBNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <summary>A UUID stored as 16 bytes, big-endian.</summary>
    public Guid Uuid(int column) => new(raw.sqlite3_column_blob(statement, column), bigEndian: true);

    /// <summary>A UUID, or null.</summary>
    public Guid? UuidOrNull(int column) => IsDBNull(column) ? null : Uuid(column);

    /// <summary>An integer, or null.</summary>
    public long? NumberOrNull(int column) => IsDBNull(column) ? null : GetInt64(column);

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(int column) => IsDBNull(column) ? null : GetString(column);

    /// <summary>A flag stored as 0 or 1.</summary>
    public bool Flag(int column) => GetInt64(column) != 0;
}
