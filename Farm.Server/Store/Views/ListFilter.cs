namespace Farm.Server.Store.Views;

/// <summary>Selects the rows of a list. All values are SQL parameters, so that the query text depends only on the sort order.</summary>
/// <param name="Offset">Number of rows to skip.</param>
/// <param name="Limit">Maximum number of rows.</param>
/// <param name="Statuses">A bit mask of statuses: bit n selects status n; <see cref="AnyStatus"/> for all.</param>
/// <param name="Pattern">A lower-case LIKE pattern with <c>\</c> as the escape character; null for any text.</param>
internal readonly record struct ListFilter(long Offset, int Limit, long Statuses, string? Pattern)
{
    /// <summary>Selects all statuses.</summary>
    public const long AnyStatus = -1;

    /// <summary>Filters by statuses (empty for all) and by contained text (null or empty for any).</summary>
    public static ListFilter Of<TStatus>(long offset, int limit, IEnumerable<TStatus> statuses, string? contained)
        where TStatus : struct, Enum
    {
        var bits = statuses.Aggregate(0L, static (bits, status) => bits | (1L << Convert.ToInt32(status)));
        return new(offset, limit, bits == 0 ? AnyStatus : bits, string.IsNullOrEmpty(contained) ? null : Contains(contained));
    }

    /// <summary>Whether a status is selected.</summary>
    public bool Includes(Enum status) => ((Statuses >> Convert.ToInt32(status)) & 1) == 1;

    /// <summary>Whether every row matches.</summary>
    public bool MatchesAll => Statuses == AnyStatus && Pattern is null;

    /// <summary>
    /// Number of matching rows. A page that is not full is the last one and gives the number; otherwise the rows must be counted, which may
    /// read all of them.
    /// </summary>
    /// <param name="rows">Number of rows on the page.</param>
    /// <param name="count">Counts all matching rows.</param>
    public long Total(int rows, Func<long> count) =>
        rows < Limit && (rows > 0 || Offset == 0) ? Offset + rows : count();

    /// <summary>The LIKE pattern for a contained text; for columns in lower case.</summary>
    public static string Contains(string text) =>
        $"%{text.ToLowerInvariant().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
}
