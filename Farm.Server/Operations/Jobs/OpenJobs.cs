using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>
/// Jobs that stay open: a tracker's projects, seeds. They are made without tasks, tasks are added as long as they live
/// (<see cref="OpenJobTasks"/>), and only people end them (<see cref="OpenJobRules"/>).
/// </summary>
internal sealed class OpenJobs(JobTransitions transitions)
{
    /// <summary>Writes a new open job without tasks.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="uuid">The id that clients see.</param>
    /// <param name="name">The name for people.</param>
    /// <param name="type">What kind of job it is: the name of the contract that made it.</param>
    /// <param name="priority">Higher goes first.</param>
    /// <param name="status"><see cref="JobStatus.Queued"/> or <see cref="JobStatus.Paused"/>.</param>
    /// <param name="settings">What people see of it beside its name, a JSON object.</param>
    /// <returns>Its small integer.</returns>
    public long Create(
        WriteTransaction tx, Guid uuid, string name, string type, int priority, JobStatus status = JobStatus.Queued, string settings = "{}")
    {
        var row = new NewJobRow(
            uuid, name, type, status, priority, SubmitterPlatform: "", settings, Metadata: "{}", ShamanCheckoutId: null, WorkerTagId: null,
            StepsTotal: 0, tx.Now, StaysOpen: true, Kind: type);
        var id = NewJobTable.Insert(tx.Db, row);
        JobTable.SetBulkUpdate(tx.Db, id, null);
        transitions.SetStatus(tx, JobTable.ById(tx.Db, id)!, status, "created");
        return id;
    }
}
