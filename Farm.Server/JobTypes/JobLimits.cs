namespace Farm.Server.JobTypes;

/// <summary>What a job type asks of every job, so that a slip of the pen does not fill the disk.</summary>
internal static class JobLimits
{
    /// <summary>The most tasks of one job.</summary>
    public const long MaxTasks = 10_000_000;

    /// <summary>The priority of a task within its job, unless its type has a reason for another (Contracts/Flamenco/Contract.md section 6.3).</summary>
    public const int TaskPriority = 50;

    /// <summary>Refuses a job of too many tasks.</summary>
    /// <param name="taskCount">How many it would have.</param>
    /// <param name="remedy">What to change, as a sentence.</param>
    /// <exception cref="JobCompilationException">It has more than <see cref="MaxTasks"/>.</exception>
    public static void CheckTaskCount(long taskCount, string remedy)
    {
        if (taskCount > MaxTasks)
            throw new JobCompilationException($"This job would have {taskCount} tasks; the most is {MaxTasks}. {remedy}");
    }
}
