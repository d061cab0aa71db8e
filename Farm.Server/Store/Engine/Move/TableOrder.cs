namespace Farm.Server.Store.Engine.Move;

/// <summary>An order of tables in which each comes after those that it references.</summary>
internal static class TableOrder
{
    /// <summary>Sorts tables. A table may reference itself.</summary>
    /// <exception cref="StoreException">Tables reference each other.</exception>
    public static IReadOnlyList<MoveTable> Of(IReadOnlyList<MoveTable> tables)
    {
        var names = tables.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        var waiting = tables.OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<MoveTable>();
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(table => !table.References.Any(other => other != table.Name && names.Contains(other))).ToList();
            if (ready.Count == 0)
                throw new StoreException($"These tables reference each other, so they cannot be moved: {string.Join(", ", waiting.Select(table => table.Name))}.");
            ordered.AddRange(ready);
            waiting.RemoveAll(ready.Contains);
            names.ExceptWith(ready.Select(table => table.Name));
        }

        return ordered;
    }
}
