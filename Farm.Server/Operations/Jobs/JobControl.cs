using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store;
using Farm.Server.Store.Writing;

namespace Farm.Server.Operations.Jobs;

/// <summary>What people do to jobs.</summary>
internal sealed class JobControl(FarmStore store)
{
    /// <summary>Asks a job to take a status; its tasks follow (contracts/flamenco.md section 4.2).</summary>
    /// <exception cref="FarmError">There is no such job, or it is still under construction.</exception>
    public Task SetStatus(Guid uuid, JobStatus status, string reason) => store.Write(tx =>
    {
        var job = Existing(tx, uuid);
        if (status == JobStatus.UnderConstruction) throw FarmError.Invalid("only the farm itself puts a job under construction");
        if (job.Status == JobStatus.UnderConstruction)
            throw FarmError.Conflict($"job \"{job.Name}\" is still under construction; wait until its tasks are written, or delete it");
        JobTransitions.Apply(tx, job, JobRules.Asked(status, job.Tasks), reason);
    });

    /// <summary>Does to a job what a person asks for, if that makes sense.</summary>
    /// <exception cref="FarmError">There is no such job, or it is in a status in which the verb makes no sense.</exception>
    public Task Do(Guid uuid, JobVerb verb, string reason) => store.Write(tx =>
    {
        var job = Existing(tx, uuid);
        if (verb.Objection(job.Status) is { } objection) throw FarmError.Conflict($"job \"{job.Name}\" {objection}");
        if (verb == JobVerb.Resume)
        {
            var resumed = JobRules.Resumed(job.Tasks);
            JobTransitions.SetStatus(tx, job, resumed, reason);
            MassChangeWork.Begin(tx, job with { Status = resumed }, MassChange.Resume);
        }
        else
        {
            JobTransitions.Apply(tx, job, StatusFor(verb), reason);
        }
    });

    /// <summary>Sets the priority of a job; higher goes first.</summary>
    /// <exception cref="FarmError">There is no such job.</exception>
    public Task SetPriority(Guid uuid, int priority) => store.Write(tx =>
    {
        var job = Existing(tx, uuid);
        tx.Db.Execute("UPDATE jobs SET priority = $2, updated_at = $3 WHERE id = $1", job.Id, priority, tx.Now);
        StageRows.SetJobPriority(tx.Db, job.Id, priority);
        tx.Publish(new FarmEvent(FarmEventKind.Job, uuid));
    });

    /// <summary>
    /// Removes a job and everything of it, in the background; asking again changes nothing. Workers that are at its tasks learn that the
    /// tasks are gone.
    /// </summary>
    /// <exception cref="FarmError">There is no such job.</exception>
    public Task Delete(Guid uuid) => store.Write(tx =>
    {
        var job = JobRows.ByUuid(tx.Db, uuid) ?? throw FarmError.NotFound("no such job");
        if (job.MassChange == MassChange.Delete) return;
        tx.Db.Execute("UPDATE jobs SET delete_requested_at = coalesce(delete_requested_at, $2), updated_at = $2 WHERE id = $1", job.Id, tx.Now);
        StageRows.SetHandsOut(tx.Db, job.Id, false);
        JobRows.SetMassChange(tx.Db, job.Id, MassChange.Delete);
        tx.Publish(new FarmEvent(FarmEventKind.Job, uuid));
    });

    private static JobStatus StatusFor(JobVerb verb) => verb switch
    {
        JobVerb.Pause => JobStatus.PauseRequested,
        JobVerb.Cancel => JobStatus.CancelRequested,
        JobVerb.Requeue => JobStatus.Requeueing,
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };

    private static Job Existing(WriteTransaction tx, Guid uuid)
    {
        var job = JobRows.ByUuid(tx.Db, uuid) ?? throw FarmError.NotFound("no such job");
        return job.MassChange == MassChange.Delete ? throw FarmError.NotFound("this job is being deleted") : job;
    }
}
