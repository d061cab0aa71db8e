using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// Rate limits of projects (Contracts/TaskTracker/Contract.md section 5.7). They are in the database, so that all managers share them and a restart
/// cannot get around them.
/// </summary>
internal sealed class ProjectRates(TimeProvider time)
{
    /// <summary>The time until a task may be submitted; null when one may be submitted now.</summary>
    public TimeSpan? SubmitWait(WriteTransaction tx, Project project) => Wait(tx, project, isSubmit: true);

    /// <summary>The time until a task may be handed out; null when one may be handed out now.</summary>
    public TimeSpan? AssignWait(WriteTransaction tx, Project project) => Wait(tx, project, isSubmit: false);

    /// <summary>Counts submitted tasks.</summary>
    public void Submitted(WriteTransaction tx, Project project, int tasks) => Take(tx, project, isSubmit: true, tasks);

    /// <summary>Counts a handed-out task.</summary>
    public void Assigned(WriteTransaction tx, Project project) => Take(tx, project, isSubmit: false, 1);

    /// <summary>Fills the buckets of a project that was updated (section 4.4.1).</summary>
    public static void Fill(WriteTransaction tx, long projectId) => ProjectRateTable.Remove(tx.Db, projectId);

    private TimeSpan? Wait(WriteTransaction tx, Project project, bool isSubmit) => Bucket(tx, project, isSubmit)?.Wait(time.GetUtcNow());

    private void Take(WriteTransaction tx, Project project, bool isSubmit, int tokens)
    {
        if (Bucket(tx, project, isSubmit) is not { } bucket) return;
        bucket.Take(tokens, time.GetUtcNow());
        ProjectRateTable.Set(tx.Db, project.Id, isSubmit, bucket);
    }

    private static TokenBucket? Bucket(WriteTransaction tx, Project project, bool isSubmit)
    {
        if ((isSubmit ? project.Details.SubmitRate : project.Details.AssignRate) is not { } rate) return null;
        return ProjectRateTable.Find(tx.Db, project.Id, isSubmit) is { } known && known.Rate == rate ? known : new TokenBucket(rate);
    }
}
