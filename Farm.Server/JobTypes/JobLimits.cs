namespace Farm.Server.JobTypes;

/// <summary>Limits for every job, so that a typing error does not fill the disk.</summary>
internal static class JobLimits
{
    /// <summary>Maximum number of tasks per job.</summary>
    public const long MaxTasks = 10_000_000;

    /// <summary>Maximum length of the commands of one task in characters, so that values cannot multiply a text without end while they are filled in.</summary>
    public const int MaxCommandLength = 16 * 1024 * 1024;

    /// <summary>The default priority of a task within its job (Contracts/Flamenco/Contract.md section 6.3).</summary>
    public const int TaskPriority = 50;

    /// <summary>Rejects a job with too many tasks.</summary>
    /// <param name="taskCount">The number of tasks in the job.</param>
    /// <param name="remedy">What to change, as a sentence.</param>
    /// <exception cref="JobCompilationException">The job has more than <see cref="MaxTasks"/>.</exception>
    public static void CheckTaskCount(long taskCount, string remedy)
    {
        if (taskCount > MaxTasks)
            throw new JobCompilationException($"This job would have {taskCount} tasks; the most is {MaxTasks}. {remedy}");
    }

    /// <summary>Rejects commands that would become too long when values are filled in.</summary>
    /// <param name="length">Their length in characters.</param>
    /// <exception cref="JobCompilationException">They are longer than <see cref="MaxCommandLength"/>.</exception>
    public static void CheckCommandLength(long length)
    {
        if (length > MaxCommandLength)
            throw new JobCompilationException($"A command would have {length} characters; the most is {MaxCommandLength}. Refer to the parameters less often, or give shorter values.");
    }
}
