using Farm.Dashboard.Lists;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>One job: what can be done to it, its tasks, its newest image, and the log of the selected task.</summary>
public partial class JobPage
{
    private readonly StableRows<TaskRow> _tasks = new(task => task.Id);
    private readonly ListState<TaskSort> _state = new(TaskSort.Index, standardDescending: false, pageSize: 50);
    private (Guid Job, TaskQuery Query)? _shown;
    private JobDetail? _detail;
    private bool _looked;
    private int _total;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "task")]
    private string? TaskText { get; set; }

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

    private Guid? SelectedTask => Guid.TryParse(TaskText, out var id) ? id : null;

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        _state.Take(Navigation, new ListAddress(PageNumber, Sort, Direction, Group, Search));
        var query = new TaskQuery(_state.Page, _state.Sort, _state.Descending, StatusGroups.Tasks.Named(_state.Group), _state.Search);
        var shown = (Id, query);
        var detail = await Reader.FindJobAsync(Id, cancellation);
        var page = await Reader.ReadTasksAsync(Id, query, cancellation);
        _tasks.Take(page.Rows, anotherList: shown != _shown);
        (_detail, _total, _shown, _looked) = (detail, page.Total, shown, true);
    }

    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.Job, Id) || batch.Has(FarmChangeKind.Image, Id);

    private string LinkToTask(TaskRow? task) => Navigation.GetUriWithQueryParameter("task", task?.Id);
}
