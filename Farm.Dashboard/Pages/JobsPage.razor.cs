using Farm.Dashboard.Lists;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;

namespace Farm.Dashboard.Pages;

/// <summary>The list of jobs.</summary>
public partial class JobsPage
{
    private readonly StableRows<JobRow> _jobs = new(job => job.Id);
    private readonly ListState<JobSort> _state = new(JobSort.Updated, standardDescending: true, pageSize: 50);
    private IReadOnlyDictionary<JobStatus, int> _counts = new Dictionary<JobStatus, int>();
    private JobQuery? _shown;
    private int? _total;

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        TakeAddress(_state);
        var query = new JobQuery(_state.Page, _state.Sort, _state.Descending, StatusGroups.Jobs.Named(_state.Group), _state.Search);
        var counts = (await Reader.ReadOverviewAsync(cancellationToken)).Jobs;
        var page = await Reader.ReadJobsAsync(query, cancellationToken);
        _jobs.Take(page.Rows, anotherList: query != _shown);
        (_counts, _total, _shown) = (counts, page.Total, query);
    }

    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.Job) || batch.Has(FarmChangeKind.Image);
}
