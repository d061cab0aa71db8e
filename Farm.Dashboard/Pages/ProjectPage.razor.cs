using Farm.Dashboard.Components.Tables;
using Farm.Dashboard.Lists;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>The page of one project.</summary>
public partial class ProjectPage
{
    private const int MostMoments = 300;

    private static readonly (string Key, string Word, TimeSpan Back)[] Spans =
        [("day", "1 day", TimeSpan.FromDays(1)), ("hour", "1 hour", TimeSpan.FromHours(1)), ("all", "All", TimeSpan.FromDays(3650))];

    private IReadOnlyList<ProjectMoment> _moments = [];
    private ProjectDetail? _project;
    private Visitor? _visitor;
    private bool _looked;

    [Parameter]
    public long Id { get; set; }

    [SupplyParameterFromQuery]
    private string? Back { get; set; }

    [Inject]
    private IFarmProjects Projects { get; set; } = null!;

    [Inject]
    private IFarmPeople People { get; set; } = null!;

    private (string Key, string Word, TimeSpan Back) Span =>
        Array.Find(Spans, span => span.Key == Back) is { Key: not null } chosen ? chosen : Spans[0];

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var visitor = await People.ReadVisitorAsync(cancellationToken);
        var project = await Projects.FindProjectAsync(Id, cancellationToken);
        _moments = project is null ? [] : await Projects.ReadMomentsAsync(Id, Span.Back, MostMoments, cancellationToken);
        (_visitor, _project, _looked) = (visitor, project, true);
    }

    /// <summary>Changes of a project are reported as changes of its job.</summary>
    protected override bool Concerns(ChangeBatch batch) => _project is { } project && batch.Has(FarmChangeKind.Job, project.Project.JobId);

    private static IEnumerable<(string Label, int Value, Tone Tone, string Show)> Tiles(ProjectRow project) =>
    [
        ("Waiting", ProjectTable.Waiting(project.Tasks), Tone.Waiting, ""),
        ("Active", project.Tasks.Active, Tone.Running, ""),
        ("Failed", project.Tasks.Failed, Tone.Failed, ""),
        ("Closed", (int)Math.Min(project.Closed, int.MaxValue), Tone.Done, ""),
    ];

    private static string Text(string text) => text.Length > 0 ? text : "none";
}
