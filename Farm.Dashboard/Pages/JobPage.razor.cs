using Farm.Dashboard.Lists;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>The page of one job.</summary>
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

    [SupplyParameterFromQuery(Name = "task")]
    private string? TaskText { get; set; }

    private Guid? SelectedTask => Guid.TryParse(TaskText, out var id) ? id : null;

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        TakeAddress(_state);
        var query = new TaskQuery(_state.Page, _state.Sort, _state.Descending, StatusGroups.Tasks.Named(_state.Group), _state.Search);
        var shown = (Id, query);
        var detail = await Reader.FindJobAsync(Id, cancellationToken);
        var page = await Reader.ReadTasksAsync(Id, query, cancellationToken);
        _tasks.Take(page.Rows, anotherList: shown != _shown);
        (_detail, _total, _shown, _looked) = (detail, page.Total, shown, true);
    }

    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.Job, Id) || batch.Has(FarmChangeKind.Image, Id);

    private string LinkToTask(TaskRow? task) => Navigation.GetUriWithQueryParameter("task", task?.Id);
}
