namespace Farm.Server.Store.Views;

/// <summary>
/// Which rows of a list are wanted. Everything in it is given to SQL as a parameter, so that the text of a query depends on the
/// sorting only.
/// </summary>
/// <param name="Offset">How many rows to pass over.</param>
/// <param name="Limit">How many rows at most.</param>
/// <param name="Statuses">A bit for each status that is wanted, counted from the lowest; <see cref="AnyStatus"/> for all.</param>
/// <param name="Pattern">What the texts must be like, in lower case, with <c>\</c> as the escape; null for anything.</param>
internal readonly record struct ListFilter(long Offset, int Limit, long Statuses, string? Pattern)
{
    /// <summary>All statuses are wanted.</summary>
    public const long AnyStatus = -1;

    /// <summary>A filter by statuses (none for all of them) and by a text that is contained somewhere (null or empty for any).</summary>
    public static ListFilter Of<TStatus>(long offset, int limit, IEnumerable<TStatus> statuses, string? contained)
        where TStatus : struct, Enum
    {
        var bits = statuses.Aggregate(0L, static (bits, status) => bits | (1L << Convert.ToInt32(status)));
        return new(offset, limit, bits == 0 ? AnyStatus : bits, string.IsNullOrEmpty(contained) ? null : Contains(contained));
    }

    /// <summary>Whether a status is wanted.</summary>
    public bool Wants(Enum status) => ((Statuses >> Convert.ToInt32(status)) & 1) == 1;

    /// <summary>Whether every row is wanted.</summary>
    public bool IsOpen => Statuses == AnyStatus && Pattern is null;

    /// <summary>
    /// How many rows pass: a page that is not full ends the list and so tells it; only else are they counted, which may take looking
    /// at all.
    /// </summary>
    /// <param name="rows">How many rows the page has.</param>
    /// <param name="count">Counts all that pass.</param>
    public long Total(int rows, Func<long> count) =>
        rows < Limit && (rows > 0 || Offset == 0) ? Offset + rows : count();

    private static string Contains(string text) =>
        $"%{text.ToLowerInvariant().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
}
