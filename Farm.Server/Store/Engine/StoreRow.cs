namespace Farm.Server.Store.Engine;

/// <summary>The current row of a query; only valid inside the callback. Columns count from 0.</summary>
internal abstract class StoreRow
{
    /// <summary>An integer; 0 if null.</summary>
    public abstract long GetInt64(int column);

    /// <inheritdoc cref="GetInt64"/>
    public int GetInt32(int column) => (int)GetInt64(column);

    /// <summary>A floating-point number; 0 if null.</summary>
    public abstract double GetDouble(int column);

    /// <summary>A text; empty if null.</summary>
    public abstract string GetString(int column);

    /// <summary>A blob; empty if null.</summary>
    public abstract byte[] GetBytes(int column);

    /// <summary>Whether the value is null.</summary>
    public abstract bool IsDBNull(int column);

    /// <summary>A UUID stored as 16 bytes, big-endian.</summary>
    /// <exception cref="ArgumentException">The value is not a UUID.</exception>
    public abstract Guid Uuid(int column);

    /// <summary>The value as a long, double, string or byte array; <see cref="DBNull.Value"/> if null.</summary>
    public abstract object GetValue(int column);

    /// <summary>A UUID, or null.</summary>
    public Guid? UuidOrNull(int column) => IsDBNull(column) ? null : Uuid(column);

    /// <summary>An integer, or null.</summary>
    public long? NumberOrNull(int column) => IsDBNull(column) ? null : GetInt64(column);

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(int column) => IsDBNull(column) ? null : GetString(column);

    /// <summary>A flag stored as 0 or 1.</summary>
    public bool Flag(int column) => GetInt64(column) != 0;
}
