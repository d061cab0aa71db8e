using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Writes down what each project has, and forgets what is too old (Contracts/TaskTracker/Contract.md section 5.8).</summary>
internal sealed class ProjectSnapshots(FarmStore store, ProjectSettings settings)
{
    private const int AtOnce = 50;

    /// <summary>Writes down what each project has now.</summary>
    public async Task TakeAsync()
    {
        var (projects, awaiting) = store.Read(db => (ProjectListView.All(db), RecipeVoteTable.Awaiting(db)));
        foreach (var some in projects.Chunk(AtOnce))
        {
            await store.WriteAsync(tx =>
            {
                foreach (var project in some) Take(tx, project.Id, awaiting.GetValueOrDefault(project.Id));
            });
        }
    }

    /// <summary>Removes what is older than the history.</summary>
    public async Task RemoveOldAsync()
    {
        foreach (var project in store.Read(ProjectListView.All))
        {
            while (await store.WriteAsync(tx =>
                ProjectSnapshotTable.RemoveBefore(tx.Db, project.Id, tx.Now - (long)settings.SnapshotHistory.TotalMilliseconds, tx.Slice) == tx.Slice))
            {
                // Other writers get their turn in between.
            }
        }
    }

    private static void Take(WriteTransaction tx, long id, AwaitingVerification awaiting)
    {
        // It may have been deleted since the projects were listed.
        if (ProjectTable.ById(tx.Db, id) is not { } project) return;
        var tasks = JobTable.ById(tx.Db, id)!.Tasks;
        var waiting = tasks.Queued + tasks.SoftFailed + tasks.Pended + tasks.Active + tasks.Paused;
        // Counting the verifications looks at each of them, so the writer is not kept waiting for it, and they are a moment older than the rest.
        ProjectSnapshotTable.Set(tx.Db, id, new ProjectSnapshot(
            tx.Now, Math.Max(0, waiting - awaiting.Waiting), tasks.Failed, project.TasksClosed, ProjectAccessTable.Count(tx.Db, id), awaiting.Votes));
        tx.Publish(new FarmEvent(FarmEventKind.Job, project.Uuid));
    }
}
