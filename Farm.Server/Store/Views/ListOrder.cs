namespace Farm.Server.Store.Views;

/// <summary>Writes the order of a list.</summary>
internal static class ListOrder
{
    /// <summary>
    /// An <c>ORDER BY</c> over columns that are named in this code, all turned around together, so that a reversed list is
    /// the list reversed.
    /// </summary>
    public static string By(bool descending, params ReadOnlySpan<string> columns) =>
        "ORDER BY " + string.Join(", ", columns.ToArray().Select(column => descending ? $"{column} DESC" : column));
}
