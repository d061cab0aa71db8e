namespace Farm.Server.Store.Engine.Move;

/// <summary>The tables of an SQLite database.</summary>
internal static class SqliteCatalog
{
    /// <summary>Reads the tables.</summary>
    /// <exception cref="StoreException">A column has a type that no engine shares.</exception>
    public static IReadOnlyList<MoveTable> Tables(StoreSession db) =>
    [
        .. db.All("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name", row => row.GetString(0))
            .Select(name => Table(db, name)),
    ];

    private static MoveTable Table(StoreSession db, string name)
    {
        var columns = db.All(
            "SELECT name, type, pk FROM pragma_table_xinfo($1) WHERE hidden = 0 ORDER BY cid",
            row => (Name: row.GetString(0), Type: row.GetString(1), KeyPosition: row.GetInt32(2)), name);
        return new MoveTable(
            name,
            [.. columns.Select(column => new MoveColumn(column.Name, Kind(name, column.Name, column.Type)))],
            [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].KeyPosition > 0).OrderBy(i => columns[i].KeyPosition)],
            db.All("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1)", row => row.GetString(0), name));
    }

    private static ColumnKind Kind(string table, string column, string type) => type switch
    {
        "INTEGER" => ColumnKind.Integer,
        "REAL" => ColumnKind.Real,
        "TEXT" => ColumnKind.Text,
        "BLOB" => ColumnKind.Blob,
        _ => throw new StoreException($"The column {table}.{column} has the type \"{type}\", so it cannot be moved."),
    };
}
