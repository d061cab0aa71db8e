using Npgsql;

namespace Farm.Server.Store.Engine.Move;

/// <summary>The tables of a schema of PostgreSQL.</summary>
internal static class PostgresCatalog
{
    private const string Columns =
        """
        SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod),
          coalesce(array_position(string_to_array(k.indkey::text, ' '), a.attnum::text), 0)
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        LEFT JOIN pg_index k ON k.indrelid = c.oid AND k.indisprimary
        WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        ORDER BY c.oid, a.attnum
        """;

    private const string References =
        """
        SELECT DISTINCT c.relname::text, r.relname::text
        FROM pg_constraint f
        JOIN pg_class c ON c.oid = f.conrelid
        JOIN pg_class r ON r.oid = f.confrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND f.contype = 'f'
        """;

    private const string Identities =
        """
        SELECT c.relname::text, a.attname::text
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attidentity <> ''
        WHERE n.nspname = $1
        """;

    /// <summary>Reads the tables.</summary>
    /// <exception cref="StoreException">A column has a type that no engine shares.</exception>
    public static IReadOnlyList<MoveTable> Tables(NpgsqlConnection connection, string schema)
    {
        var columns = All(connection, Columns, schema, row => (
            Table: row.GetString(0), Name: row.GetString(1), Type: row.GetString(2), KeyPosition: row.GetInt32(3)));
        var references = All(connection, References, schema, row => (Table: row.GetString(0), Other: row.GetString(1)))
            .ToLookup(pair => pair.Table, pair => pair.Other);
        return
        [
            .. columns.GroupBy(column => column.Table).Select(table =>
            {
                var own = table.ToList();
                return new MoveTable(
                    table.Key,
                    [.. own.Select(column => new MoveColumn(column.Name, Kind(column.Table, column.Name, column.Type)))],
                    [.. Enumerable.Range(0, own.Count).Where(i => own[i].KeyPosition > 0).OrderBy(i => own[i].KeyPosition)],
                    [.. references[table.Key]]);
            }),
        ];
    }

    /// <summary>The columns whose values the database counts.</summary>
    public static IReadOnlyList<(string Table, string Column)> IdentityColumns(NpgsqlConnection connection, string schema) =>
        All(connection, Identities, schema, row => (row.GetString(0), row.GetString(1)));

    private static List<T> All<T>(NpgsqlConnection connection, string sql, string schema, Func<NpgsqlDataReader, T> read)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = schema });
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private static ColumnKind Kind(string table, string column, string type) => type switch
    {
        "bigint" => ColumnKind.Integer,
        "double precision" => ColumnKind.Real,
        "text" => ColumnKind.Text,
        "bytea" => ColumnKind.Blob,
        _ => throw new StoreException($"The column {table}.{column} has the type \"{type}\", so it cannot be moved."),
    };
}
