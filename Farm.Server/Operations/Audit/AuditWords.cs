using Farm.Server.Domain.Jobs;

namespace Farm.Server.Operations.Audit;

/// <summary>Words for values of the audit.</summary>
internal static class AuditWords
{
    /// <summary>The status of a job and the number of its tasks.</summary>
    public static string Job(Job job) => $"{job.Status.Name()}, {Count(job.Tasks.Total, "task")}";

    /// <summary>A number of things.</summary>
    public static string Count(long number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";
}
