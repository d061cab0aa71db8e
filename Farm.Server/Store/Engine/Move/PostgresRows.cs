using Farm.Server.Store.Engine.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Farm.Server.Store.Engine.Move;

/// <summary>The rows of a table of PostgreSQL.</summary>
internal sealed class PostgresRows(MoveTable table, NpgsqlBinaryExporter exporter) : MoveRows(table)
{
    private readonly ColumnKind[] _kinds = [.. table.Columns.Select(column => column.Kind)];

    /// <inheritdoc/>
    public override bool Read()
    {
        if (exporter.StartRow() < 0) return false;
        for (var i = 0; i < _kinds.Length; i++) Values[i] = Value(_kinds[i]);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => exporter.Dispose();

    private object? Value(ColumnKind kind)
    {
        if (exporter.IsNull)
        {
            exporter.Skip();
            return null;
        }

        return kind switch
        {
            ColumnKind.Integer => exporter.Read<long>(NpgsqlDbType.Bigint),
            ColumnKind.Real => exporter.Read<double>(NpgsqlDbType.Double),
            ColumnKind.Text => PostgresText.Decode(exporter.Read<string>(NpgsqlDbType.Text)),
            _ => exporter.Read<byte[]>(NpgsqlDbType.Bytea),
        };
    }
}
