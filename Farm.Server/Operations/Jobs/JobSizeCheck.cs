using System.Text;
using Farm.Server.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.Operations.Jobs;

/// <summary>Rejects a job that would store too much, before anything of it is stored.</summary>
internal static class JobSizeCheck
{
    private const int MaxStages = 1000;
    private const int MaxDependencies = 10_000;

    /// <summary>Checks a job against the limits. Tasks are created one at a time, and only if their size is not known otherwise.</summary>
    /// <param name="draft">The job.</param>
    /// <param name="metadata">Its metadata, as stored.</param>
    /// <param name="limits">The limits.</param>
    /// <exception cref="FarmException">A limit is exceeded (invalid); the message names it.</exception>
    public static void Check(JobDraft draft, string metadata, JobSizeLimits limits)
    {
        limits.CheckTasks(draft.TaskCount);
        if (draft.Stages.Count > MaxStages) throw FarmException.Invalid($"this job would have {draft.Stages.Count} steps; the most is {MaxStages}");
        if (draft.Stages.Sum(stage => (long)stage.DependsOn.Count) is > MaxDependencies and var dependencies)
            throw FarmException.Invalid($"the steps of this job would have {dependencies} dependencies; the most is {MaxDependencies}");
        limits.CheckJob(Bytes(draft.Settings.Text) + Bytes(metadata) + Bytes(draft.Source ?? ""));
        CheckShared(draft, limits);
        if (draft.Stages.All(stage => stage.Bounds is not null) && IsDecided(draft, limits)) return;
        CountTasks(draft, limits);
    }

    /// <summary>What is repeated for each stage.</summary>
    private static void CheckShared(JobDraft draft, JobSizeLimits limits)
    {
        var bytes = Bytes(draft.Settings.Text) + Bytes(draft.Source ?? "");
        foreach (var stage in draft.Stages)
        {
            if (stage.SharedText is { } shared) limits.CheckJob(bytes += Bytes(shared));
        }
    }

    /// <summary>Decides by the smallest and largest tasks where that is possible.</summary>
    private static bool IsDecided(JobDraft draft, JobSizeLimits limits)
    {
        var (least, most, isLargestAllowed) = (0L, 0L, true);
        foreach (var bounds in draft.Stages.Select(stage => stage.Bounds!))
        {
            var smallest = bounds.Smallest();
            var bytes = Bytes(smallest);
            limits.CheckTask(smallest.Name, bytes);
            limits.CheckTotal(least += bounds.Count * bytes, isMore: true);
            var largest = bounds.Count > 1 ? Bytes(bounds.Largest()) : bytes;
            isLargestAllowed &= largest <= limits.MaxTaskBytes;
            most += bounds.Count * largest;
        }

        return isLargestAllowed && most <= limits.MaxBytes;
    }

    private static void CountTasks(JobDraft draft, JobSizeLimits limits)
    {
        var total = 0L;
        foreach (var task in draft.Stages.SelectMany(stage => stage.Tasks))
        {
            var bytes = Bytes(task);
            limits.CheckTask(task.Name, bytes);
            limits.CheckTotal(total += bytes, isMore: true);
        }
    }

    private static long Bytes(TaskDraft task) => CommandDraftJson.Bytes(task.Commands) + Bytes(task.Name) + Bytes(task.Frames ?? "");

    private static long Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
