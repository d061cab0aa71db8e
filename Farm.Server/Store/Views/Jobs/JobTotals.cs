namespace Farm.Server.Store.Views.Jobs;

/// <summary>Totals over the tasks of a job. Times are unix milliseconds.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Errors">Number of failures of its tasks.</param>
/// <param name="StartedAt">When its first task was handed out; null if none was.</param>
/// <param name="CompletedAt">When its last task was completed; null if none is.</param>
internal readonly record struct JobTotals(long JobId, long Errors, long? StartedAt, long? CompletedAt);
