using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Results;

/// <summary>Ranks runs by their results (Contracts/FlowServ/Contract.md section 4.2, leaderboard).</summary>
internal static class Ranking
{
    /// <summary>Parses a sort order such as <c>a:ASC,b:DESC</c>; the default direction is descending.</summary>
    /// <param name="text">The requested order; if empty, the order of the schema applies.</param>
    /// <param name="schema">Defines the known columns.</param>
    /// <exception cref="FarmException">A column or direction is unknown.</exception>
    public static IReadOnlyList<SortColumn> Order(string? text, ResultSchema schema)
    {
        if (string.IsNullOrWhiteSpace(text)) return schema.OrderBy;
        return [.. text.Split(',').Select(column =>
        {
            var colon = column.LastIndexOf(':');
            var name = (colon < 0 ? column : column[..colon]).Trim();
            if (schema.Columns.All(known => known.Name != name)) throw FarmException.Invalid($"unknown column '{name}'");
            return new SortColumn(name, (colon < 0 ? "DESC" : column[(colon + 1)..].Trim().ToUpperInvariant()) switch
            {
                "ASC" => false,
                "DESC" => true,
                var other => throw FarmException.Invalid($"unknown sort order '{other}'"),
            });
        })];
    }

    /// <summary>Sorts the runs, best first. Ties go to the older run; runs without a value come last.</summary>
    /// <param name="runs">The runs, oldest first.</param>
    /// <param name="results">Returns the results of a run.</param>
    /// <param name="order">The columns to sort by.</param>
    public static IReadOnlyList<T> Rank<T>(IEnumerable<T> runs, Func<T, PyMap> results, IReadOnlyList<SortColumn> order)
    {
        IOrderedEnumerable<T> ranked = runs.Order(Comparer<T>.Create((_, _) => 0));
        foreach (var column in order)
        {
            ranked = ranked.ThenBy(run => results(run)[column.Name] is null);
            ranked = column.Descending
                ? ranked.ThenByDescending(run => results(run)[column.Name], ByValue)
                : ranked.ThenBy(run => results(run)[column.Name], ByValue);
        }

        return [.. ranked];
    }

    private static readonly Comparer<PyValue?> ByValue = Comparer<PyValue?>.Create(static (a, b) => (a, b) switch
    {
        (PyInt one, PyInt other) => one.Value.CompareTo(other.Value),
        (PyText one, PyText other) => string.CompareOrdinal(one.Value, other.Value),
        (null, null) => 0,
        _ => Number(a).CompareTo(Number(b)),
    });

    private static double Number(PyValue? value) => value switch
    {
        PyFloat number => number.Value,
        PyInt number => (double)number.Value,
        _ => double.NegativeInfinity,
    };
}
