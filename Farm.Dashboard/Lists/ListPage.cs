using Farm.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Lists;

/// <summary>A page with a list whose state is in the URL.</summary>
public abstract class ListPage : LiveComponent
{
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "page")]
    private int? PageNumber { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "dir")]
    private string? Direction { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    private string? Group { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    /// <summary>Updates the list state from the URL.</summary>
    protected void TakeAddress<TSort>(ListState<TSort> state)
        where TSort : struct, Enum =>
        state.Take(Navigation, new ListAddress(PageNumber, Sort, Direction, Group, Search));
}
