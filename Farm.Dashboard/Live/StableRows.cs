namespace Farm.Dashboard.Live;

/// <summary>A row of a list. A departed row is no longer on this page, but stays until the pointer leaves the list.</summary>
public sealed record StableRow<T>(T Value, bool Departed);

/// <summary>
/// The rows of a live list. While the pointer is over the list, rows change in place but none is moved, added or removed, so that nobody clicks
/// the wrong row.
/// </summary>
public sealed class StableRows<T>(Func<T, Guid> identify)
{
    private IReadOnlyList<T> _latest = [];

    public IReadOnlyList<StableRow<T>> Rows { get; private set; } = [];

    public bool Held { get; private set; }

    /// <summary>Whether rows will be moved, added or removed when the list is released.</summary>
    public bool OutOfDate { get; private set; }

    /// <summary>Sets the newest rows. Rows of another page, sort or filter replace all, even while held.</summary>
    public void Take(IReadOnlyList<T> latest, bool anotherList = false)
    {
        _latest = latest;
        if (!Held || anotherList || Rows.Count == 0)
        {
            ShowLatest();
            return;
        }

        var byId = latest.ToDictionary(identify);
        Rows = [.. Rows.Select(row => byId.TryGetValue(identify(row.Value), out var value)
            ? new StableRow<T>(value, false)
            : row with { Departed = true })];
        OutOfDate = !Rows.Select(row => identify(row.Value)).SequenceEqual(latest.Select(identify));
    }

    public void Hold() => Held = true;

    public void LetGo()
    {
        Held = false;
        ShowLatest();
    }

    private void ShowLatest()
    {
        Rows = [.. _latest.Select(value => new StableRow<T>(value, false))];
        OutOfDate = false;
    }
}
