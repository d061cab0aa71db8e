namespace Farm.Server.Store.Engine.Move;

/// <summary>The tables that both databases have and that a move carries. They are taken from the databases, so that none is forgotten.</summary>
internal static class TableMatch
{
    /// <summary>Tables that belong to the engine or to running servers. They are not moved.</summary>
    public static readonly IReadOnlySet<string> NotMoved = new HashSet<string>(StringComparer.Ordinal)
    {
        "farm_schema", "module_schemas", "managers", "leadership", "health", "request_keys",
    };

    /// <summary>The moved tables as the target describes them.</summary>
    /// <exception cref="StoreException">A table or column exists on one side only, or differs.</exception>
    public static IReadOnlyList<MoveTable> Of(IMoveSide source, IMoveSide target)
    {
        var (from, to) = (Moved(source), Moved(target));
        if (from.Keys.Except(to.Keys).FirstOrDefault() is { } lost) throw OneSided($"table {lost}", source.Name);
        if (to.Keys.Except(from.Keys).FirstOrDefault() is { } added) throw OneSided($"table {added}", target.Name);
        foreach (var table in to.Values) Check(from[table.Name], table, source.Name, target.Name);
        return [.. to.Values];
    }

    private static Dictionary<string, MoveTable> Moved(IMoveSide side) =>
        side.Tables.Where(table => !NotMoved.Contains(table.Name)).ToDictionary(table => table.Name, StringComparer.Ordinal);

    private static void Check(MoveTable from, MoveTable to, string source, string target)
    {
        var kinds = to.Columns.ToDictionary(column => column.Name, column => column.Kind, StringComparer.Ordinal);
        foreach (var column in from.Columns)
        {
            var name = $"column {from.Name}.{column.Name}";
            if (!kinds.Remove(column.Name, out var kind)) throw OneSided(name, source);
            if (kind != column.Kind) throw new StoreException($"The {name} is {column.Kind} in {source} and {kind} in {target}, so it cannot be moved.");
        }

        if (kinds.Count > 0) throw OneSided($"column {to.Name}.{kinds.Keys.First()}", target);
        if (to.Key.Count == 0) throw new StoreException($"The table {to.Name} has no primary key, so it cannot be moved.");
        if (!KeyOf(from).SequenceEqual(KeyOf(to), StringComparer.Ordinal))
            throw new StoreException($"The table {to.Name} has different primary keys in {source} and {target}, so it cannot be moved.");
    }

    private static StoreException OneSided(string what, string side) => new($"The {what} exists only in {side}, so it cannot be moved.");

    private static IEnumerable<string> KeyOf(MoveTable table) => table.Key.Select(column => table.Columns[column].Name);
}
