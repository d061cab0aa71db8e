using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Model;

/// <summary>The part of a run with two chained projects and their three workers.</summary>
internal sealed class ProjectRun(StoreFarm farm)
{
    private readonly List<FarmWorker> _workers = [];
    private readonly List<long> _projects = [];
    private readonly List<(FarmWorker Worker, AssignedRecipe Task)> _taken = [];

    /// <summary>Creates the projects and returns their jobs.</summary>
    public async Task<Guid[]> StartAsync()
    {
        var second = await farm.Tracker.ProjectAsync("second");
        var first = await farm.Tracker.ProjectAsync("first", chain: farm.Job(second).Id);
        _projects.AddRange([farm.Job(first).Id, farm.Job(second).Id]);
        for (var i = 0; i < 3; i++) _workers.Add(await farm.Tracker.WorkerAsync($"t{i}", [.. _projects]));
        return [first, second];
    }

    /// <summary>Submits a task with one of a few hashes or none. It is rejected if and only if its hash is taken.</summary>
    public async Task SubmitAsync(Step step)
    {
        var project = Project(step);
        if (farm.Store.Read(db => JobTable.ById(db, project)) is not { } job || OpenJobRules.NewTaskStatus(job.Status) is null) return;
        if (farm.Store.Read(db => ProjectTable.ById(db, project)) is null) return;
        long? hash = step.C % 5 == 0 ? null : step.C % 5;
        var taken = farm.Number(
            "SELECT count(*) FROM recipes r JOIN tasks t ON t.id = r.task_id WHERE t.job_id = $1 AND r.hash = $2 AND t.status NOT IN (5, 7)", project, hash);
        var answer = await farm.Tracker.SubmitAsync(
            _workers[step.A % 3], project, "recipe", step.B % 3 * 25, maxRetries: step.B % 4, verifications: 1 + step.A % 3, hash,
            maxAssignTime: step.A % 2 * 60);
        Assert.Equal(new SubmitResult(SubmitVerdict.Stored, (int)taken), answer);
    }

    /// <summary>A worker gets the task that a search through all tasks finds.</summary>
    public async Task TakeAsync(Step step)
    {
        var (worker, project) = (_workers[step.A % 3], Project(step));
        var expected = farm.Store.Read(db => db.First(
            """
            SELECT t.id FROM tasks t JOIN stages s ON s.id = t.stage_id JOIN jobs j ON j.id = t.job_id JOIN projects p ON p.job_id = j.id
            WHERE j.id = $1 AND t.status IN (0, 1) AND j.status IN (1, 2) AND coalesce(j.mass_change, 0) NOT IN (1, 7)
              AND NOT EXISTS (SELECT 1 FROM recipe_votes v WHERE v.task_id = t.id AND v.worker_id = $2)
            ORDER BY s.priority DESC, t.id LIMIT 1
            """,
            row => (long?)row.GetInt64(0), project, worker.Id));
        var task = await farm.Tracker.TakeAsync(worker, project);
        Assert.Equal(expected, task?.Held.TaskId);
        if (task is not null) _taken.Add((worker, task));
    }

    /// <summary>A worker releases a task that it took recently, whether it still holds it or not.</summary>
    public async Task ReleaseAsync(Step step)
    {
        if (_taken.Count == 0) return;
        var (worker, task) = _taken[^(1 + step.A % Math.Min(_taken.Count, 5))];
        var before = farm.Store.Read(db => TaskTable.ById(db, task.Held.TaskId));
        var holds = before is { Status: TaskStatus.Active } && before.WorkerId == worker.Id;
        var result = (step.B % 6) switch { < 4 => ReleaseResult.Ok, 4 => ReleaseResult.Fail, _ => ReleaseResult.Skip };
        var verdict = await farm.Tracker.ReleaseAsync(worker, task, result, verification: step.C % 2);
        Assert.Equal(holds, verdict != ReleaseVerdict.NotAssigned);
        if (!holds) Assert.Equal(before, farm.Store.Read(db => TaskTable.ById(db, task.Held.TaskId)));
    }

    private long Project(Step step) => _projects[step.C % 2];
}
