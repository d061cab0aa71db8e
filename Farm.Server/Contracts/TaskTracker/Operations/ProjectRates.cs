using System.Collections.Concurrent;
using Farm.Server.Contracts.TaskTracker.Domain;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// How fast tasks of projects are submitted and handed out (Contracts/TaskTracker/Contract.md section 5.7). It lives in memory: after a start, and after a
/// change of a project, all buckets are full. To be asked within transactions only, so that nobody comes in between.
/// </summary>
internal sealed class ProjectRates(TimeProvider time)
{
    private readonly ConcurrentDictionary<(long Project, bool IsSubmit), TokenBucket> _buckets = new();

    /// <summary>How long until a task may be submitted; null when one may be now.</summary>
    public TimeSpan? SubmitWait(Project project) => Bucket(project, isSubmit: true)?.Wait(time.GetUtcNow());

    /// <summary>How long until a task may be handed out; null when one may be now.</summary>
    public TimeSpan? AssignWait(Project project) => Bucket(project, isSubmit: false)?.Wait(time.GetUtcNow());

    /// <summary>Counts tasks that were submitted.</summary>
    public void Submitted(Project project, int tasks) => Bucket(project, isSubmit: true)?.Take(tasks, time.GetUtcNow());

    /// <summary>Counts a task that was handed out.</summary>
    public void Assigned(Project project) => Bucket(project, isSubmit: false)?.Take(1, time.GetUtcNow());

    /// <summary>Fills the buckets of a project: it was changed (section 4.4.1), or is gone.</summary>
    public void Forget(long projectId)
    {
        _buckets.TryRemove((projectId, true), out _);
        _buckets.TryRemove((projectId, false), out _);
    }

    private TokenBucket? Bucket(Project project, bool isSubmit)
    {
        if ((isSubmit ? project.Details.SubmitRate : project.Details.AssignRate) is not { } rate) return null;
        return _buckets.AddOrUpdate(
            (project.Id, isSubmit),
            static (_, rate) => new TokenBucket(rate),
            static (_, bucket, rate) => bucket.Rate == rate ? bucket : new TokenBucket(rate),
            rate);
    }
}
