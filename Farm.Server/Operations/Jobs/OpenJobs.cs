using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>
/// Jobs that stay open: a tracker's projects, seeds. They are created without tasks, tasks can be added at any time
/// (<see cref="OpenJobTasks"/>), and only people end them (<see cref="OpenJobRules"/>).
/// </summary>
internal sealed class OpenJobs(JobTransitions transitions)
{
    /// <summary>Writes a new open job without tasks.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="caller">Who asks; becomes the owner.</param>
    /// <param name="uuid">The id that clients see.</param>
    /// <param name="name">The display name.</param>
    /// <param name="type">The job type: the name of the protocol that created it.</param>
    /// <param name="priority">Higher runs first.</param>
    /// <param name="status"><see cref="JobStatus.Queued"/> or <see cref="JobStatus.Paused"/>.</param>
    /// <param name="settings">What people see besides its name, as a JSON object.</param>
    /// <returns>The id of the job in the store.</returns>
    /// <exception cref="FarmException">The caller may not submit.</exception>
    public long Create(
        WriteTransaction tx, Caller caller, Guid uuid, string name, string type, int priority, JobStatus status = JobStatus.Queued, string settings = "{}")
    {
        caller.Demand(Permission.SubmitJobs);
        var row = new NewJobRow(
            uuid, name, type, status, priority, SubmitterPlatform: "", settings, Metadata: "{}", Storage: null, WorkerTagId: null,
            StepsTotal: 0, tx.Now, StaysOpen: true, Kind: type, caller.Owner);
        var id = NewJobTable.Insert(tx.Db, row);
        JobTable.SetBulkUpdate(tx.Db, id, null);
        transitions.SetStatus(tx, JobTable.ById(tx.Db, id)!, status, "created");
        return id;
    }
}
