using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Farm.Tests.Support;

/// <summary>The operations on projects and their tasks, without a web server.</summary>
internal sealed class TrackerOperations
{
    private readonly FarmStore _store;
    private readonly TimeProvider _time;
    private readonly OpenJobs _open;

    public TrackerOperations(StoreFarm farm, IOptionsMonitor<FarmLimits> limits)
    {
        var (store, heartbeats, time) = (farm.Store, farm.Heartbeats, farm.Time);
        (_store, _time, _open) = (store, time, farm.OpenJobs);
        Rates = new ProjectRates(time);
        Submission = new RecipeSubmission(store, Rates, heartbeats, limits, time);
        Handout = new RecipeHandout(store, farm.Transitions, Rates, heartbeats);
        Releases = new RecipeReleases(store, farm.Transitions, farm.Requeue, heartbeats, time, NullLogger<RecipeReleases>.Instance);
        Timeouts = new RecipeTimeouts(store, farm.Requeue, new ProjectSettings(), farm.Managers, time, NullLogger<RecipeTimeouts>.Instance);
        Workers = new TrackerWorkers(store, farm.Audit, time, NullLogger<TrackerWorkers>.Instance);
    }

    public ProjectRates Rates { get; }

    public RecipeSubmission Submission { get; }

    public RecipeHandout Handout { get; }

    public RecipeReleases Releases { get; }

    public RecipeTimeouts Timeouts { get; }

    public TrackerWorkers Workers { get; }

    /// <summary>A public project.</summary>
    public Task<Guid> ProjectAsync(string name, long? chain = null, double? submitRate = null, double? assignRate = null)
    {
        var uuid = Guid.CreateVersion7(_time.GetUtcNow());
        var details = new ProjectDetails
        {
            Name = name,
            Visibility = ProjectVisibility.Public,
            Chain = chain,
            SubmitRate = submitRate,
            AssignRate = assignRate,
        };
        return _store.WriteAsync(tx =>
        {
            ProjectTable.Insert(tx.Db, _open.Create(tx, Caller.Farm, uuid, name, RecipeCommand.Type, priority: 0), details, "{}", "");
            return uuid;
        });
    }

    /// <summary>A worker that may submit to projects.</summary>
    public async Task<FarmWorker> WorkerAsync(string name, params long[] projects)
    {
        var (worker, _) = await Workers.CreateAsync(Caller.Farm, name, "127.0.0.1");
        foreach (var project in projects) await AllowAsync(worker.Id, project);
        return _store.Read(db => WorkerTable.ById(db, worker.Id))!;
    }

    /// <summary>Lets a worker submit to a project.</summary>
    public Task AllowAsync(long workerId, long project) => _store.WriteAsync(tx =>
        ProjectAccessTable.Insert(tx.Db, project, workerId, new ProjectAccess(MayAssign: true, MaySubmit: true, IsPending: false)));

    /// <summary>Submits a task.</summary>
    public Task<SubmitResult> SubmitAsync(
        FarmWorker worker, long project, string text = "recipe", int priority = 0, int maxRetries = 0, int verifications = 1, long? hash = null,
        int maxAssignTime = 0) =>
        Submission.SubmitAsync(worker.Id, project, [new NewRecipe(text, priority, new RecipeTerms(maxRetries, maxAssignTime, verifications, hash))]);

    /// <summary>Takes a task; null if there is none.</summary>
    public async Task<AssignedRecipe?> TakeAsync(FarmWorker worker, long project) => (await Handout.NextAsync(worker, project)).Task;

    /// <summary>Releases a task.</summary>
    public Task<ReleaseVerdict> ReleaseAsync(FarmWorker worker, AssignedRecipe task, ReleaseResult result = ReleaseResult.Ok, long verification = 0) =>
        Releases.ReleaseAsync(worker.Id, task.Held.TaskId, result, verification);
}
