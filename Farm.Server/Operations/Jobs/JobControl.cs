using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Jobs;

/// <summary>A tag by its id or, without one, by its name.</summary>
internal readonly record struct TagChoice(Guid? Id, string Name);

/// <summary>Changes that people make to jobs.</summary>
internal sealed class JobControl(FarmStore store, JobTransitions transitions, JobDeletion deletion, AuditLog audit)
{
    private const int DeletedAtOnce = 200;

    /// <summary>Sets the status of a job; its tasks follow (Contracts/Flamenco/Contract.md section 4.2).</summary>
    /// <exception cref="FarmException">The caller may not control the job, it does not exist, or is still under construction.</exception>
    public Task SetStatusAsync(Caller caller, Guid uuid, JobStatus status, string reason) => audit.WriteAsync(caller, VerbFor(status), (tx, action) =>
    {
        var job = Controlled(tx, caller, uuid, action);
        if (status == JobStatus.UnderConstruction) throw FarmException.Invalid("the status under-construction cannot be requested");
        if (job.Status == JobStatus.UnderConstruction)
            throw FarmException.Conflict($"job \"{job.Name}\" is still under construction; wait until its tasks are written, or delete it");
        transitions.Apply(tx, job, job.Lifecycle.RequestedStatus(status, job.Tasks), reason);
        Changes(tx, action, job);
    });

    /// <summary>Applies a command of a person to a job, if the job's status allows it.</summary>
    /// <exception cref="FarmException">The caller may not control the job, it does not exist, or its status does not allow the command.</exception>
    public Task DoAsync(Caller caller, Guid uuid, JobVerb verb, string reason) => audit.WriteAsync(caller, VerbFor(verb), (tx, action) =>
    {
        var job = Controlled(tx, caller, uuid, action);
        if (verb.WhyNotAllowed(job.Status) is { } problem) throw FarmException.Conflict($"job \"{job.Name}\" {problem}");
        if (verb == JobVerb.Resume)
        {
            var resumed = JobRules.Resumed(job.Tasks);
            transitions.SetStatus(tx, job, resumed, reason);
            transitions.Begin(tx, job with { Status = resumed }, BulkUpdate.Resume);
        }
        else
        {
            transitions.Apply(tx, job, StatusFor(verb), reason);
        }

        Changes(tx, action, job);
    });

    /// <summary>Sets the priority of a job; higher runs first.</summary>
    /// <exception cref="FarmException">The caller may not control the job, or it does not exist.</exception>
    public Task SetPriorityAsync(Caller caller, Guid uuid, int priority) => audit.WriteAsync(caller, AuditVerb.SetPriority, (tx, action) =>
    {
        var job = Controlled(tx, caller, uuid, action);
        action.Change($"{job.Priority}", $"{priority}");
        JobTable.SetPriority(tx.Db, job.Id, priority, tx.Now);
        StageTable.SetJobPriority(tx.Db, job.Id, priority);
        tx.Publish(new FarmEvent(FarmEventKind.Job, uuid));
    });

    /// <summary>
    /// Deletes a job and everything that belongs to it in the background; has no effect if the job is already being deleted. Workers
    /// that run its tasks are told that the tasks are gone.
    /// </summary>
    /// <exception cref="FarmException">The caller may not control the job, or it does not exist.</exception>
    public Task DeleteAsync(Caller caller, Guid uuid) => audit.WriteAsync(caller, AuditVerb.DeleteJob, (tx, action) =>
    {
        var job = JobTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such job");
        action.On("job", uuid, job.Name);
        action.Change(AuditWords.Job(job), null);
        JobAccess.Demand(tx.Db, caller, job);
        if (job.BulkUpdate != BulkUpdate.Delete) deletion.Begin(tx, job);
    });

    /// <summary>Deletes several jobs like <see cref="DeleteAsync"/>, all or none.</summary>
    /// <exception cref="FarmException">The caller may not control one of the jobs, or it does not exist; no job is deleted.</exception>
    public Task DeleteAllAsync(Caller caller, IReadOnlyList<Guid> uuids) => audit.WriteAsync(caller, AuditVerb.DeleteJob, (tx, action) =>
    {
        foreach (var uuid in uuids)
        {
            var job = JobTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such job");
            action.On("job", uuid, job.Name);
            action.Change(AuditWords.Job(job), null);
            JobAccess.Demand(tx.Db, caller, job);
            if (job.BulkUpdate == BulkUpdate.Delete) continue;
            deletion.Begin(tx, job);
            action.Record(tx);
        }
    });

    /// <summary>Deletes all jobs that did not change after a given time, like <see cref="DeleteAsync"/>, whatever their status.</summary>
    /// <param name="caller">Who asks; must control all jobs.</param>
    /// <param name="time">The time in unix milliseconds.</param>
    /// <returns>The number of jobs.</returns>
    /// <exception cref="FarmException">The caller may not.</exception>
    public Task<int> DeleteUpdatedUntilAsync(Caller caller, long time) => audit.RunAsync(caller, AuditVerb.DeleteJobs, async action =>
    {
        caller.Demand(Permission.ControlJobs);
        var all = 0;
        for (var deleted = -1; deleted is < 0 or DeletedAtOnce; all += deleted)
        {
            var isFirst = deleted < 0;
            deleted = await store.WriteAsync(tx =>
            {
                if (isFirst)
                {
                    action.Change(AuditWords.Count(JobTable.CountUpdatedUntil(tx.Db, time), "job"), $"deleted what did not change after {DateTimeOffset.FromUnixTimeMilliseconds(time):u}");
                    action.Record(tx);
                }

                var jobs = JobTable.UpdatedUntil(tx.Db, time, DeletedAtOnce);
                foreach (var job in jobs) deletion.Begin(tx, job);
                return jobs.Count;
            });
        }

        return all;
    });

    /// <summary>Sets the worker tag of a job. Running tasks stay with their workers.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="uuid">The job.</param>
    /// <param name="tag">The tag; null for any worker.</param>
    /// <exception cref="FarmException">The caller may not control the job, or the job or (<see cref="ErrorKind.Conflict"/>) the tag does not exist.</exception>
    public Task SetWorkerTagAsync(Caller caller, Guid uuid, TagChoice? tag) => audit.WriteAsync(caller, AuditVerb.SetJobTag, (tx, action) =>
    {
        var job = Controlled(tx, caller, uuid, action);
        long? id = tag is { } choice ? Find(tx, choice) : null;
        action.Change(TagName(tx, job.WorkerTagId), TagName(tx, id));
        JobTable.SetWorkerTag(tx.Db, job.Id, id, tx.Now);
        tx.Publish(new FarmEvent(FarmEventKind.Job, uuid));
    });

    private static long Find(WriteTransaction tx, TagChoice choice) =>
        (choice.Id is { } id ? TagTable.ByUuid(tx.Db, id) : TagTable.ByName(tx.Db, choice.Name))
        ?? throw FarmException.Conflict("no such worker tag");

    private static string TagName(WriteTransaction tx, long? tag) => tag is { } id ? TagTable.Name(tx.Db, id) ?? "" : "any worker";

    private static void Changes(WriteTransaction tx, AuditedAction action, Job before) =>
        action.Change(AuditWords.Job(before), JobTable.ById(tx.Db, before.Id)?.Status.Name());

    private static string VerbFor(JobVerb verb) => verb switch
    {
        JobVerb.Pause => AuditVerb.PauseJob,
        JobVerb.Resume => AuditVerb.ResumeJob,
        JobVerb.Cancel => AuditVerb.CancelJob,
        JobVerb.Requeue => AuditVerb.RequeueJob,
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };

    private static string VerbFor(JobStatus requested) => requested switch
    {
        JobStatus.PauseRequested or JobStatus.Paused => AuditVerb.PauseJob,
        JobStatus.CancelRequested or JobStatus.Canceled => AuditVerb.CancelJob,
        JobStatus.Requeueing => AuditVerb.RequeueJob,
        _ => AuditVerb.SetJobStatus,
    };

    private static JobStatus StatusFor(JobVerb verb) => verb switch
    {
        JobVerb.Pause => JobStatus.PauseRequested,
        JobVerb.Cancel => JobStatus.CancelRequested,
        JobVerb.Requeue => JobStatus.Requeueing,
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };

    private static Job Controlled(WriteTransaction tx, Caller caller, Guid uuid, AuditedAction action)
    {
        var job = JobTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such job");
        action.On("job", uuid, job.Name);
        if (job.BulkUpdate == BulkUpdate.Delete) throw FarmException.NotFound("this job is being deleted");
        JobAccess.Demand(tx.Db, caller, job);
        return job;
    }
}
