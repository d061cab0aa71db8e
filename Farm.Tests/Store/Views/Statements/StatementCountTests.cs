using Farm.Dashboard.Ports;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Tests.Contracts.FlowServ;
using Farm.Tests.Contracts.TaskTracker;

namespace Farm.Tests.Store.Views.Statements;

/// <summary>A list runs the same number of statements regardless of its length.</summary>
public sealed class StatementCountTests
{
    private const int Few = 3;
    private const int Many = 60;

    [Fact]
    public async Task Every_list_runs_as_many_statements_for_sixty_rows_as_for_three()
    {
        await using var farm = await CrowdedFarm.StartAsync();
        await farm.GrowAsync(Few);
        var few = await MeasureAsync(farm);
        await farm.GrowAsync(Many);
        var many = await MeasureAsync(farm);
        Assert.Equal(few.Keys, many.Keys);
        Assert.All(few, list =>
        {
            var (statements, length) = many[list.Key];
            // The list must have grown, or the comparison proves nothing.
            Assert.True(length >= list.Value.Length + (Many - Few) * 2, $"{list.Key}: {list.Value.Length} and then {length}");
            Assert.True(statements == list.Value.Statements, $"{list.Key}: {list.Value.Statements} statements for {Few} rows, {statements} for {Many}");
        });
    }

    private static async Task<SortedDictionary<string, (long Statements, int Length)>> MeasureAsync(CrowdedFarm farm)
    {
        var measured = new SortedDictionary<string, (long, int)>(StringComparer.Ordinal);
        foreach (var (name, path) in Paths(farm))
        {
            var text = "";
            measured[name] = (await farm.StatementsAsync(async () => text = await farm.BodyAsync(path)), text.Length);
        }

        foreach (var (name, read) in Pages(farm))
        {
            var rows = 0;
            // A row counts as its minimum length as text.
            measured[name] = (await farm.StatementsAsync(async () => rows = await read()), rows * 2);
        }

        return measured;
    }

    private static IEnumerable<(string Name, string Path)> Paths(CrowdedFarm farm) =>
    [
        ("Flamenco: jobs", "/api/v3/jobs"),
        ("Flamenco: tasks of a job", $"/api/v3/jobs/{farm.BigJob}/tasks"),
        ("Flamenco: blocklist of a job", $"/api/v3/jobs/{farm.BigJob}/blocklist"),
        ("Flamenco: workers", "/api/v3/worker-mgt/workers"),
        ("Flamenco: tags", "/api/v3/worker-mgt/tags"),
        ("Deadline: jobs", "/api/jobs"),
        ("Deadline: ids of jobs", "/api/jobs?IdOnly=true"),
        ("Deadline: jobs by state", "/api/jobs?States=Active"),
        ("Deadline: jobs by id", $"/api/jobs?JobID={string.Join(',', farm.Jobs)}"),
        ("Deadline: tasks of a job", $"/api/tasks?JobID={farm.BigJob}"),
        ("Deadline: slaves", "/api/slaves"),
        ("Deadline: what slaves are at", "/api/slaves?Data=info"),
        ("Deadline: pools", "/api/pools"),
        ("Deadline: slaves of a pool", "/api/pools?Pool=none"),
        ("task_tracker: projects", "/project/list"),
        ("task_tracker: accesses", $"/project/access_list/{farm.Project}"),
        ("task_tracker: snapshots", $"/project/monitoring/{farm.Project}?count=999"),
        ("task_tracker: managers", "/manager/list"),
        ("task_tracker: managers of a project", $"/manager/list_for_project/{farm.Project}"),
        ("task_tracker: workers", "/worker/stats"),
        ("flowServ: workflows", $"{FlowServFarm.Base}/workflows"),
        ("flowServ: a workflow with its groups", $"{FlowServFarm.Base}/workflows/{farm.Workflow}"),
        ("flowServ: groups of a workflow", $"{FlowServFarm.Base}/workflows/{farm.Workflow}/groups"),
        ("flowServ: groups", $"{FlowServFarm.Base}/groups"),
        ("flowServ: a group with runs and uploads", $"{FlowServFarm.Base}/groups/{farm.Group}"),
        ("flowServ: runs", $"{FlowServFarm.Base}/groups/{farm.Group}/runs"),
        ("flowServ: uploads", $"{FlowServFarm.Base}/uploads/{farm.Group}/files"),
        ("flowServ: users", $"{FlowServFarm.Base}/users"),
        ("Farm: workflows", "/api/farm/v1/workflows"),
        ("Farm: files of a job", $"/api/farm/v1/jobs/{farm.JobWithFiles}/artifacts"),
    ];

    private static IEnumerable<(string Name, Func<Task<int>> Read)> Pages(CrowdedFarm farm)
    {
        // Longer than any list, since a page that is not full needs no counting statement.
        var (reader, page, none) = (farm.Farm.Service<IFarmReader>(), new PageRequest(0, 1000), CancellationToken.None);
        var (big, files) = (Guid.Parse(farm.BigJob), Guid.Parse(farm.JobWithFiles));
        return
        [
            ("page: jobs", async () => (await reader.ReadJobsAsync(new JobQuery(page), none)).Rows.Count),
            ("page: tasks of a job", async () => (await reader.ReadTasksAsync(big, new TaskQuery(page), none)).Rows.Count),
            ("page: files of a job", async () => (await reader.ReadFilesAsync(files, page, none)).Rows.Count),
            ("page: workers", async () => (await reader.ReadWorkersAsync(new WorkerQuery(page), none)).Rows.Count),
            ("page: tasks of a worker", async () => (await reader.ReadTasksOfWorkerAsync(farm.BusyWorker, page, none)).Rows.Count),
            ("page: workflows", async () => (await farm.Workflows.ReadWorkflowsAsync(none)).Count),
            ("page: runs of a workflow", async () => (await farm.Workflows.ReadRunsAsync(farm.Workflow, page, none)).Rows.Count),
            ("page: projects", () => Task.FromResult(farm.Farm.Service<ProjectQueries>().Visible(farm.Farm.Account("boss")).Count)),
            ("page: a task and who failed it", async () => await FailedByAsync(reader, big)),
            ("flowServ: leaderboard", async () => await LeaderboardAsync(farm)),
        ];
    }

    private static async Task<int> FailedByAsync(IFarmReader reader, Guid job)
    {
        var first = (await reader.ReadTasksAsync(job, new TaskQuery(new PageRequest(0, 1)), CancellationToken.None)).Rows[0];
        return (await reader.FindTaskAsync(first.Id, CancellationToken.None))!.FailedBy.Count;
    }

    /// <summary>The response does not grow because these runs have no results, but the store shows that they were read.</summary>
    private static async Task<int> LeaderboardAsync(CrowdedFarm farm)
    {
        await farm.BodyAsync($"{FlowServFarm.Base}/workflows/{farm.Workflow}/leaderboard?includeAll=true");
        return (int)farm.Store.Read(db => db.Number("SELECT count(*) FROM runs WHERE results IS NOT NULL"));
    }
}
