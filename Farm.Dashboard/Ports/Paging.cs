namespace Farm.Dashboard.Ports;

/// <summary>A part of a list: at most <paramref name="Limit"/> rows after the first <paramref name="Offset"/>.</summary>
public sealed record PageRequest(int Offset, int Limit);

/// <summary>
/// One part of a list, in the order that was asked for. <paramref name="Total"/> counts all rows that pass the filter, on whichever page.
/// An offset beyond the end gives no rows and the true total.
/// </summary>
public sealed record Page<T>(IReadOnlyList<T> Rows, int Total);
