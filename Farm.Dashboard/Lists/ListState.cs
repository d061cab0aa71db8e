using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Lists;

/// <summary>
/// The state of a list in the URL: page, sort, filter and search. It changes only by navigation, so that lists can be bookmarked and shared.
/// Call <see cref="Take"/> first.
/// </summary>
public sealed class ListState<TSort>(TSort standardSort, bool standardDescending, int pageSize)
    where TSort : struct, Enum
{
    private NavigationManager _navigation = null!;

    public int PageNumber { get; private set; } = 1;

    public TSort Sort { get; private set; }

    public bool Descending { get; private set; }

    public string? Group { get; private set; }

    public string? Search { get; private set; }

    public int PageSize => pageSize;

    public PageRequest Page => new((PageNumber - 1) * pageSize, pageSize);

    /// <summary>Reads the query parameters; invalid ones are ignored.</summary>
    public void Take(NavigationManager navigation, ListAddress address)
    {
        _navigation = navigation;
        PageNumber = address.Page is > 0 and < 1_000_000 ? address.Page.Value : 1;
        Sort = Enum.TryParse<TSort>(address.Sort, ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : standardSort;
        Descending = address.Direction switch { "down" => true, "up" => false, _ => standardDescending };
        Group = address.Group;
        Search = string.IsNullOrWhiteSpace(address.Search) ? null : address.Search.Trim();
    }

    public string LinkToPage(int number) => Link(new() { ["page"] = number == 1 ? null : number });

    /// <summary>The URL that sorts by a column, or reverses the order of the same column.</summary>
    public string LinkToSort(TSort sort, bool firstDescending)
    {
        var descending = Sort.Equals(sort) ? !Descending : firstDescending;
        return Link(new() { ["sort"] = sort.ToString().ToLowerInvariant(), ["dir"] = descending ? "down" : "up", ["page"] = null });
    }

    public string LinkToGroup(string? key) => Link(new() { ["show"] = key, ["page"] = null });

    public string LinkToSearch(string? text) => Link(new() { ["q"] = string.IsNullOrWhiteSpace(text) ? null : text.Trim(), ["page"] = null });

    private string Link(Dictionary<string, object?> changes) => _navigation.GetUriWithQueryParameters(changes);
}

/// <summary>The query parameters of a list: <c>page</c>, <c>sort</c>, <c>dir</c>, <c>show</c>, <c>q</c>.</summary>
public sealed record ListAddress(int? Page, string? Sort, string? Direction, string? Group, string? Search);
