using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Lists;

/// <summary>
/// What the address says about a list: page, sort, filter and search. Everything that changes it is a link or a navigation,
/// so that a list can be bookmarked, sent to a colleague and gone back to.
/// <see cref="Take"/> comes before any other use.
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

    /// <summary>Takes what a page's query parameters say; what makes no sense counts as not said.</summary>
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

    /// <summary>Sorts by a column; by the same column again, the other way round.</summary>
    public string LinkToSort(TSort sort, bool firstDescending)
    {
        var descending = Sort.Equals(sort) ? !Descending : firstDescending;
        return Link(new() { ["sort"] = sort.ToString().ToLowerInvariant(), ["dir"] = descending ? "down" : "up", ["page"] = null });
    }

    public string LinkToGroup(string? key) => Link(new() { ["show"] = key, ["page"] = null });

    public string LinkToSearch(string? text) => Link(new() { ["q"] = string.IsNullOrWhiteSpace(text) ? null : text.Trim(), ["page"] = null });

    private string Link(Dictionary<string, object?> changes) => _navigation.GetUriWithQueryParameters(changes);
}

/// <summary>The query parameters of a list's address: <c>page</c>, <c>sort</c>, <c>dir</c>, <c>show</c>, <c>q</c>.</summary>
public sealed record ListAddress(int? Page, string? Sort, string? Direction, string? Group, string? Search);
