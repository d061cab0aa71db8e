namespace Farm.Server.Store.Views;

/// <summary>Builds <c>ORDER BY</c> clauses.</summary>
internal static class ListOrder
{
    /// <summary>
    /// An <c>ORDER BY</c> clause for trusted column names, all in the same direction, so that descending is the exact reverse of ascending.
    /// </summary>
    public static string By(bool descending, params ReadOnlySpan<string> columns) =>
        "ORDER BY " + string.Join(", ", columns.ToArray().Select(column => descending ? $"{column} DESC" : column));
}
