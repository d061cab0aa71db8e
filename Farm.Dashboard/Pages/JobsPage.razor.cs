using Farm.Dashboard.Lists;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>All jobs, a page at a time.</summary>
public partial class JobsPage
{
    private readonly StableRows<JobRow> _jobs = new(job => job.Id);
    private readonly ListState<JobSort> _state = new(JobSort.Updated, standardDescending: true, pageSize: 50);
    private IReadOnlyDictionary<JobStatus, int> _counts = new Dictionary<JobStatus, int>();
    private JobQuery? _shown;
    private int? _total;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

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

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        _state.Take(Navigation, new ListAddress(PageNumber, Sort, Direction, Group, Search));
        var query = new JobQuery(_state.Page, _state.Sort, _state.Descending, StatusGroups.Jobs.Named(_state.Group), _state.Search);
        var counts = (await Reader.ReadOverviewAsync(cancellation)).Jobs;
        var page = await Reader.ReadJobsAsync(query, cancellation);
        _jobs.Take(page.Rows, anotherList: query != _shown);
        (_counts, _total, _shown) = (counts, page.Total, query);
    }

    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.Job) || batch.Has(FarmChangeKind.Image);
}
