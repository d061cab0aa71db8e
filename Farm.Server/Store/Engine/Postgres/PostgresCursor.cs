using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>A running statement.</summary>
internal sealed class PostgresCursor(NpgsqlDataReader reader) : StoreCursor
{
    private readonly PostgresRow _row = new(reader);
    private string[]? _columns;
    private Type[]? _types;

    /// <inheritdoc/>
    public override StoreRow Row => _row;

    /// <inheritdoc/>
    public override string[] Columns => _columns ??= [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];

    /// <inheritdoc/>
    public override Type[] ColumnTypes => _types ??= [.. Enumerable.Range(0, reader.FieldCount).Select(column => Stored(reader.GetFieldType(column)))];

    /// <inheritdoc/>
    public override int Changes => Math.Max(0, reader.RecordsAffected);

    /// <summary>The type that a store value has when PostgreSQL sends it as another.</summary>
    public static Type Stored(Type sent) => sent == typeof(string) || sent == typeof(byte[]) || sent == typeof(double) ? sent : typeof(long);

    /// <inheritdoc/>
    public override bool Read() => reader.Read();

    /// <inheritdoc/>
    public override void Dispose() => reader.Dispose();
}
