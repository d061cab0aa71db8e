using Farm.Server.Store.Engine.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Farm.Server.Store.Engine.Move;

/// <summary>Writes the rows of a table through COPY.</summary>
internal sealed class PostgresWriter(MoveTable table, NpgsqlBinaryImporter importer) : IMoveWriter
{
    private readonly ColumnKind[] _kinds = [.. table.Columns.Select(column => column.Kind)];

    /// <inheritdoc/>
    public void Write(object?[] row)
    {
        importer.StartRow();
        for (var i = 0; i < _kinds.Length; i++)
        {
            if (row[i] is { } value) Write(_kinds[i], value);
            else importer.WriteNull();
        }
    }

    /// <inheritdoc/>
    public void Complete() => importer.Complete();

    /// <inheritdoc/>
    public void Dispose() => importer.Dispose();

    private void Write(ColumnKind kind, object value)
    {
        switch (kind)
        {
            case ColumnKind.Integer:
                importer.Write((long)value, NpgsqlDbType.Bigint);
                break;
            case ColumnKind.Real:
                importer.Write((double)value, NpgsqlDbType.Double);
                break;
            case ColumnKind.Text:
                importer.Write(PostgresText.Encode((string)value), NpgsqlDbType.Text);
                break;
            default:
                importer.Write((byte[])value, NpgsqlDbType.Bytea);
                break;
        }
    }
}
