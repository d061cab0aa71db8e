using Farm.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Lists;

/// <summary>A page with a list whose filter, order and place are in the address.</summary>
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

    /// <summary>Brings what is remembered of the list in line with the address.</summary>
    protected void TakeAddress<TSort>(ListState<TSort> state)
        where TSort : struct, Enum =>
        state.Take(Navigation, new ListAddress(PageNumber, Sort, Direction, Group, Search));
}
