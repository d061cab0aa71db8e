using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>The current row of a statement. Flags and sums are integers, as in SQLite.</summary>
internal sealed class PostgresRow(NpgsqlDataReader reader) : StoreRow
{
    /// <inheritdoc/>
    public override long GetInt64(int column)
    {
        if (reader.IsDBNull(column)) return 0;
        var type = reader.GetFieldType(column);
        if (type == typeof(long)) return reader.GetInt64(column);
        if (type == typeof(int)) return reader.GetInt32(column);
        if (type == typeof(bool)) return reader.GetBoolean(column) ? 1 : 0;
        return type == typeof(decimal) ? (long)reader.GetDecimal(column) : (long)reader.GetDouble(column);
    }

    /// <inheritdoc/>
    public override double GetDouble(int column)
    {
        if (reader.IsDBNull(column)) return 0;
        var type = reader.GetFieldType(column);
        if (type == typeof(double)) return reader.GetDouble(column);
        return type == typeof(decimal) ? (double)reader.GetDecimal(column) : GetInt64(column);
    }

    /// <inheritdoc/>
    public override string GetString(int column) => reader.IsDBNull(column) ? "" : PostgresText.Decode(reader.GetString(column));

    /// <inheritdoc/>
    public override byte[] GetBytes(int column) => reader.IsDBNull(column) ? [] : reader.GetFieldValue<byte[]>(column);

    /// <inheritdoc/>
    public override bool IsDBNull(int column) => reader.IsDBNull(column);

    /// <inheritdoc/>
    public override Guid Uuid(int column) => GetBytes(column) is { Length: 16 } bytes
        ? new Guid(bytes, bigEndian: true)
        : throw new ArgumentException("the column does not hold a UUID");

    /// <inheritdoc/>
    public override object GetValue(int column)
    {
        if (reader.IsDBNull(column)) return DBNull.Value;
        var type = PostgresCursor.Stored(reader.GetFieldType(column));
        if (type == typeof(string)) return GetString(column);
        if (type == typeof(byte[])) return GetBytes(column);
        if (type == typeof(double)) return GetDouble(column);
        return GetInt64(column);
    }
}
