using System.Collections.Concurrent;
using Farm.Server.Contracts.TaskTracker.Domain;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// Rate limits of projects (Contracts/TaskTracker/Contract.md section 5.7). Kept in memory: after a start, and after a change of a project, all
/// buckets are full. Use only within write transactions, which are serialized.
/// </summary>
internal sealed class ProjectRates(TimeProvider time)
{
    private readonly ConcurrentDictionary<(long Project, bool IsSubmit), TokenBucket> _buckets = new();

    /// <summary>The time until a task may be submitted; null when one may be submitted now.</summary>
    public TimeSpan? SubmitWait(Project project) => Bucket(project, isSubmit: true)?.Wait(time.GetUtcNow());

    /// <summary>The time until a task may be handed out; null when one may be handed out now.</summary>
    public TimeSpan? AssignWait(Project project) => Bucket(project, isSubmit: false)?.Wait(time.GetUtcNow());

    /// <summary>Counts submitted tasks.</summary>
    public void Submitted(Project project, int tasks) => Bucket(project, isSubmit: true)?.Take(tasks, time.GetUtcNow());

    /// <summary>Counts a handed-out task.</summary>
    public void Assigned(Project project) => Bucket(project, isSubmit: false)?.Take(1, time.GetUtcNow());

    /// <summary>Resets the buckets of a project that was updated (section 4.4.1).</summary>
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
