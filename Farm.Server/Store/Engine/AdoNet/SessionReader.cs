using System.Collections;
using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Farm.Server.Store.Engine.AdoNet;

/// <summary>The rows of a statement. Close it before the same statement runs again: use Dapper only with buffered results.</summary>
internal sealed class SessionReader(StoreCursor cursor) : DbDataReader
{
    private readonly StoreRow _row = cursor.Row;
    private bool _closed;

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override int FieldCount => cursor.Columns.Length;

    /// <summary>Not supported: unknown before the first row is read.</summary>
    public override bool HasRows => throw new NotSupportedException("unknown before the first row is read");

    /// <inheritdoc/>
    public override bool IsClosed => _closed;

    /// <inheritdoc/>
    public override int RecordsAffected => cursor.Changes;

    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    public override bool Read() => cursor.Read();

    /// <inheritdoc/>
    public override bool NextResult() => false;

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal) => _row.IsDBNull(ordinal);

    /// <inheritdoc/>
    public override T GetFieldValue<T>(int ordinal)
    {
        if (typeof(T) == typeof(long)) return As<long, T>(_row.GetInt64(ordinal));
        if (typeof(T) == typeof(int)) return As<int, T>(GetInt32(ordinal));
        if (typeof(T) == typeof(bool)) return As<bool, T>(_row.Flag(ordinal));
        if (typeof(T) == typeof(Guid)) return As<Guid, T>(_row.Uuid(ordinal));
        if (typeof(T) == typeof(double)) return As<double, T>(_row.GetDouble(ordinal));
        if (typeof(T) == typeof(string)) return (T)(object)_row.GetString(ordinal);
        return (T)GetValue(ordinal);
    }

    /// <inheritdoc/>
    public override object GetValue(int ordinal) => _row.GetValue(ordinal);

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    /// <inheritdoc/>
    public override Type GetFieldType(int ordinal) => cursor.ColumnTypes[ordinal];

    /// <inheritdoc/>
    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    /// <inheritdoc/>
    public override string GetName(int ordinal) => cursor.Columns[ordinal];

    /// <inheritdoc/>
    public override int GetOrdinal(string name) => Array.IndexOf(cursor.Columns, name);

    /// <inheritdoc/>
    public override long GetInt64(int ordinal) => _row.GetInt64(ordinal);

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => checked((int)_row.GetInt64(ordinal));

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => checked((short)_row.GetInt64(ordinal));

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => checked((byte)_row.GetInt64(ordinal));

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => _row.Flag(ordinal);

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) => _row.GetDouble(ordinal);

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => (float)_row.GetDouble(ordinal);

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal) => _row.Uuid(ordinal);

    /// <inheritdoc/>
    public override string GetString(int ordinal) => _row.GetString(ordinal);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => throw NotStored();

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) => throw NotStored();

    /// <inheritdoc/>
    public override DateTime GetDateTime(int ordinal) => throw NotStored();

    /// <inheritdoc/>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw NotStored();

    /// <inheritdoc/>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw NotStored();

    /// <inheritdoc/>
    public override void Close()
    {
        if (_closed) return;
        _closed = true;
        cursor.Dispose();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Close();
    }

    private static T As<TStored, T>(TStored value) => Unsafe.As<TStored, T>(ref value);

    private static NotSupportedException NotStored() => new("the store holds only integers, floating-point numbers, texts, blobs and UUIDs");
}
