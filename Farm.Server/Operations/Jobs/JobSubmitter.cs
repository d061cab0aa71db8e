using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Workers;
using Microsoft.Extensions.Options;

namespace Farm.Server.Operations.Jobs;

/// <summary>Submits jobs: replaces variables, compiles the settings into tasks with the job type, and writes them.</summary>
internal sealed class JobSubmitter(
    FarmStore store, JobBuilder builder, JobTransitions transitions, JobTypeRegistry types, IOptionsMonitor<VariableTable> variables,
    IOptionsMonitor<FarmLimits> limits, AuditLog audit, TimeProvider time, ILogger<JobSubmitter> log)
{
    /// <summary>Submits a job; completes when the job and all its tasks are on disk.</summary>
    /// <returns>The UUID of the job.</returns>
    /// <exception cref="FarmException">The caller may not submit, or the job type is unknown, has changed, or cannot compile the settings; or the job would be too large.</exception>
    public Task<Guid> SubmitAsync(Caller caller, NewJob job) => audit.RunAsync(caller, AuditVerb.SubmitJob, async action =>
    {
        var uuid = Guid.CreateVersion7(time.GetUtcNow());
        action.On(new AuditTarget("job", "", job.Name));
        caller.Demand(Permission.SubmitJobs);
        var created = time.GetUtcNow();
        var submission = Submission(job, uuid, created);
        var draft = Compile(job, submission);
        var row = new NewJobRow(
            uuid, draft.Name, job.Type, job.InitialStatus, job.Priority, job.SubmitterPlatform, draft.Settings.Text,
            JobMetadata.Write(submission.Metadata), job.Storage, TagId(job.WorkerTag), draft.StepsTotal, created.ToUnixTimeMilliseconds(), Owner: caller.Owner);
        action.On("job", uuid, draft.Name);
        action.Change(null, $"{AuditWords.Count(draft.TaskCount, "task")} of type {job.Type}, priority {job.Priority}");
        await builder.BuildAsync(row, draft, action);
        log.LogInformation("Job \"{Name}\" ({Uuid}) of type {Type} was submitted with {Tasks} tasks", draft.Name, uuid, job.Type, draft.TaskCount);
        return uuid;
    });

    /// <summary>Checks a job like <see cref="SubmitAsync"/>, without storing anything.</summary>
    /// <exception cref="FarmException">As for <see cref="SubmitAsync"/>.</exception>
    public void Check(NewJob job)
    {
        foreach (var stage in Preview(job).Stages) _ = stage.Tasks.FirstOrDefault();
    }

    /// <summary>The job that <see cref="SubmitAsync"/> would create. Nothing is stored; tasks are created when they are enumerated.</summary>
    /// <exception cref="FarmException">As for <see cref="SubmitAsync"/>.</exception>
    public JobDraft Preview(NewJob job) => Compile(job, Submission(job, Guid.Empty, time.GetUtcNow()));

    /// <inheritdoc cref="JobBuilder.DropAbandonedAsync"/>
    public Task DropAbandonedAsync() => builder.DropAbandonedAsync();

    /// <summary>Resumes a job whose manager stopped while it wrote the tasks; drops it if that was before all that is needed for it was on disk.</summary>
    public async Task ResumeAsync(Job job)
    {
        if (await builder.DropIncompleteAsync(job.Uuid)) return;
        var stored = store.Read(db => StoredSubmissionTable.Read(db, job.Id));
        var submission = new JobSubmission(
            job.Uuid, job.Name, stored.Type, job.Priority, JobSettings.Parse(stored.Settings), JobMetadata.Read(stored.Metadata),
            DateTimeOffset.FromUnixTimeMilliseconds(stored.CreatedAt), time.LocalTimeZone, stored.SubmitterPlatform)
        {
            Source = stored.Source,
        };
        try
        {
            await builder.ResumeAsync(job.Uuid, types.Compile(submission));
            log.LogInformation("Job \"{Name}\" ({Uuid}) was under construction when its manager stopped; construction is now complete", job.Name, job.Uuid);
        }
        catch (JobCompilationException broken)
        {
            await store.WriteAsync(tx =>
            {
                JobTable.SetBulkUpdate(tx.Db, job.Id, null);
                transitions.SetStatus(tx, job, JobStatus.Canceled, $"construction failed after a restart: {broken.Message}");
            });
            log.LogWarning("Job \"{Name}\" ({Uuid}) could not be finished after a restart: {Reason}", job.Name, job.Uuid, broken.Message);
        }
    }

    private JobDraft Compile(NewJob job, JobSubmission submission)
    {
        if (job.TypeEtag.Length > 0 && types.Find(job.Type) is { } type && type.Info.Etag != job.TypeEtag)
            throw FarmException.Precondition($"the job type \"{job.Type}\" changed since it was last read; refresh the job types and submit again");
        try
        {
            var draft = types.Compile(submission);
            JobSizeCheck.Check(draft, JobMetadata.Write(submission.Metadata), limits.CurrentValue.Jobs);
            var tag = TagId(job.WorkerTag);
            store.Read(db =>
            {
                foreach (var stage in draft.Stages.Where(stage => stage.WorkerTag is not null)) StageTags.Find(db, stage, tag);
                return draft;
            });
            return draft;
        }
        catch (JobCompilationException broken)
        {
            throw new FarmException(ErrorKind.Invalid, broken.Message, broken);
        }
    }

    private JobSubmission Submission(NewJob job, Guid uuid, DateTimeOffset created)
    {
        var replacer = variables.CurrentValue.ReplacerFor(job.SubmitterPlatform);
        return new JobSubmission(
            uuid, job.Name, job.Type, job.Priority, replacer.Replace(job.Settings), replacer.Replace(job.Metadata),
            created, time.LocalTimeZone, job.SubmitterPlatform)
        {
            Submitted = job.Settings,
            PathRules = [.. variables.CurrentValue.For(VariableAudience.Workers, job.SubmitterPlatform).Where(variable => variable.IsTwoway)],
        };
    }

    private long? TagId(Guid? tag)
    {
        if (tag is not { } uuid) return null;
        return store.Read(db => TagTable.ByUuid(db, uuid)) ?? throw FarmException.Invalid($"no such worker tag: {uuid}");
    }
}
