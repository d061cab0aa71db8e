using SQLitePCL;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>The current row of a query; only valid inside the callback. Columns count from 0.</summary>
internal readonly struct SqliteRow(PreparedStatement prepared)
{
    private readonly nint _statement = prepared.Pointer;

    /// <summary>An integer; 0 if null.</summary>
    public long GetInt64(int column) => SqliteColumns.Integer(_statement, column);

    /// <inheritdoc cref="GetInt64"/>
    public int GetInt32(int column) => (int)SqliteColumns.Integer(_statement, column);

    /// <summary>A floating-point number; 0 if null.</summary>
    public double GetDouble(int column) => SqliteColumns.Number(_statement, column);

    /// <summary>A text; empty if null.</summary>
    public string GetString(int column) => SqliteColumns.Text(_statement, column);

    /// <summary>A blob; empty if null.</summary>
    public byte[] GetBytes(int column) => SqliteColumns.Bytes(_statement, column);

    /// <summary>Whether the value is null.</summary>
    public bool IsDBNull(int column) => SqliteColumns.Type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>A UUID stored as 16 bytes, big-endian.</summary>
    public Guid Uuid(int column) => SqliteColumns.Uuid(_statement, column);

    /// <summary>A UUID, or null.</summary>
    public Guid? UuidOrNull(int column) => IsDBNull(column) ? null : Uuid(column);

    /// <summary>An integer, or null.</summary>
    public long? NumberOrNull(int column) => IsDBNull(column) ? null : GetInt64(column);

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(int column) => IsDBNull(column) ? null : GetString(column);

    /// <summary>A flag stored as 0 or 1.</summary>
    public bool Flag(int column) => GetInt64(column) != 0;
}
