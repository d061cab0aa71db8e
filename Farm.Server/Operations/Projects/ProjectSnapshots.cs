using Farm.Server.Domain.Events;
using Farm.Server.Domain.Projects;
using Farm.Server.Store;
using Farm.Server.Store.Writing;

namespace Farm.Server.Operations.Projects;

/// <summary>Writes down what each project has, and forgets what is too old (contracts/task_tracker.md section 5.8).</summary>
internal sealed class ProjectSnapshots(FarmStore store, ProjectSettings settings, IEnumerable<IProjectRecipes> recipes)
{
    private const int AtOnce = 50;

    /// <summary>Writes down what each project has now.</summary>
    public async Task Take()
    {
        var projects = store.Read(ProjectRows.All);
        foreach (var some in projects.Chunk(AtOnce))
        {
            await store.Write(tx =>
            {
                foreach (var project in some) Take(tx, project.Id);
            });
        }
    }

    /// <summary>Removes what is older than the history.</summary>
    public async Task RemoveOld()
    {
        foreach (var project in store.Read(ProjectRows.All))
        {
            while (await store.Write(tx =>
                ProjectSnapshotRows.RemoveBefore(tx.Db, project.Id, tx.Now - (long)settings.SnapshotHistory.TotalMilliseconds, tx.Slice) == tx.Slice))
            {
                // Other writers get their turn in between.
            }
        }
    }

    private void Take(WriteTransaction tx, long id)
    {
        // It may have been deleted since the projects were listed.
        if (ProjectRows.ById(tx.Db, id) is not { } project) return;
        var tasks = JobRows.ById(tx.Db, id)!.Tasks;
        var (awaiting, verifications) = recipes.Aggregate((Tasks: 0L, Verifications: 0L), (sum, recipe) =>
        {
            var more = recipe.Awaiting(tx.Db, id);
            return (sum.Tasks + more.Tasks, sum.Verifications + more.Verifications);
        });
        var waiting = tasks.Queued + tasks.SoftFailed + tasks.Pended + tasks.Active + tasks.Paused - awaiting;
        ProjectSnapshotRows.Set(tx.Db, id, new ProjectSnapshot(
            tx.Now, waiting, tasks.Failed, project.TasksClosed, ProjectAccessRows.Count(tx.Db, id), verifications));
        tx.Publish(new FarmEvent(FarmEventKind.Job, project.Uuid));
    }
}
