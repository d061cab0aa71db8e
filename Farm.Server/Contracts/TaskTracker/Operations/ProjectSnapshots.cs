using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Takes snapshots of projects and deletes old ones (Contracts/TaskTracker/Contract.md section 5.8).</summary>
internal sealed class ProjectSnapshots(FarmStore store, ProjectSettings settings)
{
    private const int ProjectsPerTransaction = 50;

    /// <summary>Takes a snapshot of each project.</summary>
    public async Task TakeAsync()
    {
        var (projects, awaiting) = store.Read(db => (ProjectListView.All(db), RecipeVoteTable.Awaiting(db)));
        foreach (var chunk in projects.Chunk(ProjectsPerTransaction))
        {
            await store.WriteAsync(tx =>
            {
                foreach (var project in chunk) Take(tx, project.Id, awaiting.GetValueOrDefault(project.Id));
            });
        }
    }

    /// <summary>Deletes snapshots older than the configured history.</summary>
    public async Task RemoveOldAsync()
    {
        foreach (var project in store.Read(ProjectListView.All))
        {
            while (await store.WriteAsync(tx =>
                ProjectSnapshotTable.RemoveBefore(tx.Db, project.Id, tx.Now - (long)settings.SnapshotHistory.TotalMilliseconds, tx.Slice) == tx.Slice))
            {
                // Lets other writers in between.
            }
        }
    }

    private static void Take(WriteTransaction tx, long id, AwaitingVerification awaiting)
    {
        // Deleted since the projects were listed.
        if (ProjectTable.ById(tx.Db, id) is not { } project) return;
        var tasks = JobTable.ById(tx.Db, id)!.Tasks;
        var waiting = tasks.Queued + tasks.SoftFailed + tasks.Pended + tasks.Active + tasks.Paused;
        // Verifications were counted before the transaction, as counting scans them all; so they may be slightly older than the rest.
        ProjectSnapshotTable.Set(tx.Db, id, new ProjectSnapshot(
            tx.Now, Math.Max(0, waiting - awaiting.Waiting), tasks.Failed, project.TasksClosed, ProjectAccessTable.Count(tx.Db, id), awaiting.Votes));
        tx.Publish(new FarmEvent(FarmEventKind.Job, project.Uuid));
    }
}
