namespace Farm.Server.Domain.Jobs;

/// <summary>
/// Limits on what one submission may store (setting <c>jobs</c>). They are on what comes out, because a short submission can make many tasks with
/// long commands.
/// </summary>
/// <param name="MaxTasks">Maximum number of tasks (<c>max_tasks</c>).</param>
/// <param name="MaxBytes">Maximum total size of the tasks' commands and names (<c>max_bytes</c>).</param>
/// <param name="MaxTaskBytes">
/// Maximum size of one task's commands, and of what a job stores beside its tasks (<c>max_task_bytes</c>): each is written at once.
/// </param>
internal sealed record JobSizeLimits(
    long MaxTasks = 1_000_000, long MaxBytes = 256L * JobSizeLimits.Mebibyte, long MaxTaskBytes = 12L * JobSizeLimits.Mebibyte)
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Rejects too many tasks.</summary>
    /// <exception cref="FarmException">There are more than <see cref="MaxTasks"/> (invalid).</exception>
    public void CheckTasks(long tasks)
    {
        if (tasks > MaxTasks)
            throw FarmException.Invalid($"this would make {tasks} tasks; the limit is {MaxTasks} (setting jobs.max_tasks): submit it in parts, or with more frames per task");
    }

    /// <summary>Rejects commands of one task that are too long.</summary>
    /// <param name="name">The task.</param>
    /// <param name="bytes">The size of its commands in bytes.</param>
    /// <exception cref="FarmException">They are longer than <see cref="MaxTaskBytes"/> (invalid).</exception>
    public void CheckTask(string name, long bytes)
    {
        if (bytes > MaxTaskBytes)
            throw FarmException.Invalid($"the commands of task \"{name}\" would have {bytes} bytes; the limit is {MaxTaskBytes} (setting jobs.max_task_bytes): put long texts into a file that the command reads");
    }

    /// <summary>Rejects tasks that are too long together.</summary>
    /// <param name="bytes">Their size in bytes.</param>
    /// <param name="isMore">Whether the size is at least this, because it was not counted to the end.</param>
    /// <exception cref="FarmException">They are longer than <see cref="MaxBytes"/> (invalid).</exception>
    public void CheckTotal(long bytes, bool isMore = false)
    {
        if (bytes > MaxBytes)
            throw FarmException.Invalid($"the commands of all tasks would have {(isMore ? "at least " : "")}{bytes} bytes; the limit is {MaxBytes} (setting jobs.max_bytes): shorten the arguments, or submit the job in parts");
    }

    /// <summary>Rejects a job that stores too much beside its tasks.</summary>
    /// <param name="bytes">The size of its settings, metadata, template and what its tasks share, in bytes.</param>
    /// <exception cref="FarmException">It is longer than <see cref="MaxTaskBytes"/> (invalid).</exception>
    public void CheckJob(long bytes)
    {
        if (bytes > MaxTaskBytes)
            throw FarmException.Invalid($"the settings, metadata and template of the job, with what each step repeats of them, would have at least {bytes} bytes; the limit is {MaxTaskBytes} (setting jobs.max_task_bytes): put long texts into files that the tasks read");
    }
}
