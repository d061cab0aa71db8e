using Farm.Server.Domain.Tasks;

namespace Farm.Server.Domain.Jobs;

/// <summary>The rules for a job's status: closed jobs end with their tasks, open jobs only when people end them.</summary>
internal abstract class JobLifecycle
{
    /// <summary>For jobs that end with their tasks (<see cref="JobRules"/>).</summary>
    public static JobLifecycle Closed { get; } = new ClosedLifecycle();

    /// <summary>For jobs to which tasks can be added at any time (<see cref="OpenJobRules"/>).</summary>
    public static JobLifecycle Open { get; } = new OpenLifecycle();

    /// <summary>Whether a job fails when no worker is left that can run one of its tasks.</summary>
    public abstract bool FailsWithItsTasks { get; }

    /// <inheritdoc cref="JobRules.AfterTaskChanged"/>
    public abstract JobStatus? AfterTaskChanged(JobStatus job, TaskStatus to, TaskCounts counts, bool byPerson);

    /// <inheritdoc cref="JobRules.AfterBulkUpdate"/>
    public abstract JobStatus? AfterBulkUpdate(BulkUpdate change, JobStatus job, TaskCounts counts);

    /// <inheritdoc cref="JobRules.AfterCommand"/>
    public abstract JobStatus AfterCommand(JobStatus job, TaskCommand command, TaskCounts counts);

    /// <inheritdoc cref="JobRules.RequestedStatus"/>
    public abstract JobStatus RequestedStatus(JobStatus requested, TaskCounts counts);

    /// <inheritdoc cref="JobRules.StatusIfStuck"/>
    public abstract JobStatus? StatusIfStuck(JobStatus job, TaskCounts counts, bool anyReady);

    private sealed class ClosedLifecycle : JobLifecycle
    {
        public override bool FailsWithItsTasks => true;

        public override JobStatus? AfterTaskChanged(JobStatus job, TaskStatus to, TaskCounts counts, bool byPerson) =>
            JobRules.AfterTaskChanged(job, to, counts, byPerson);

        public override JobStatus? AfterBulkUpdate(BulkUpdate change, JobStatus job, TaskCounts counts) => JobRules.AfterBulkUpdate(change, job, counts);

        public override JobStatus AfterCommand(JobStatus job, TaskCommand command, TaskCounts counts) => JobRules.AfterCommand(job, command, counts);

        public override JobStatus RequestedStatus(JobStatus requested, TaskCounts counts) => JobRules.RequestedStatus(requested, counts);

        public override JobStatus? StatusIfStuck(JobStatus job, TaskCounts counts, bool anyReady) => JobRules.StatusIfStuck(job, counts, anyReady);
    }

    private sealed class OpenLifecycle : JobLifecycle
    {
        public override bool FailsWithItsTasks => false;

        public override JobStatus? AfterTaskChanged(JobStatus job, TaskStatus to, TaskCounts counts, bool byPerson) =>
            OpenJobRules.AfterTaskChanged(job, to, counts, byPerson);

        public override JobStatus? AfterBulkUpdate(BulkUpdate change, JobStatus job, TaskCounts counts) => OpenJobRules.AfterBulkUpdate(change, job, counts);

        public override JobStatus AfterCommand(JobStatus job, TaskCommand command, TaskCounts counts) => OpenJobRules.AfterCommand(job, command, counts);

        public override JobStatus RequestedStatus(JobStatus requested, TaskCounts counts) => requested;

        public override JobStatus? StatusIfStuck(JobStatus job, TaskCounts counts, bool anyReady) => null;
    }
}
