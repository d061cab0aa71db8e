namespace Farm.Server.Store.Views.Jobs;

/// <summary>What the tasks of a job add up to. Times are unix milliseconds.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Errors">How often workers failed its tasks.</param>
/// <param name="StartedAt">When the first of them was handed out; null when none was.</param>
/// <param name="CompletedAt">When the last of them was completed; null when none is.</param>
internal readonly record struct JobTotals(long JobId, long Errors, long? StartedAt, long? CompletedAt);
