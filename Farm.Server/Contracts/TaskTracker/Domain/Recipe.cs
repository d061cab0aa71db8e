namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>The submitted terms of a project task (Contracts/TaskTracker/Contract.md section 4.2).</summary>
/// <param name="MaxRetries">The task fails after this many failures, at least one.</param>
/// <param name="MaxAssignTime">How many seconds a worker may hold it; 0 for the configured time.</param>
/// <param name="VerificationCount">How many workers must report the same verification; at least 1.</param>
/// <param name="Hash">Unique among the present tasks of the project; null for none.</param>
internal sealed record RecipeTerms(int MaxRetries, int MaxAssignTime, int VerificationCount, long? Hash);

/// <summary>The data of a project task besides the task itself.</summary>
/// <param name="Terms">The submitted terms.</param>
/// <param name="Retries">How often it failed since its retries were last reset.</param>
internal sealed record Recipe(RecipeTerms Terms, int Retries);

/// <summary>Rules for the status of project tasks (Contracts/TaskTracker/Contract.md section 5.10).</summary>
internal static class RecipeStatusRules
{
    /// <summary>
    /// Whether a task still exists for the tracker. Otherwise its votes are gone and its hash is free.
    /// </summary>
    public static bool IsPresent(this TaskStatus status) => status is not (TaskStatus.Completed or TaskStatus.Canceled);

    /// <summary>Whether a status change makes a task present again.</summary>
    public static bool IsReopened(TaskStatus from, TaskStatus to) => !from.IsPresent() && to.IsPresent();

    /// <summary>Whether a status change resets the retries of a task.</summary>
    public static bool ResetsRetries(TaskStatus from, TaskStatus to) =>
        IsReopened(from, to) || (from == TaskStatus.Failed && to != TaskStatus.Failed && to.IsPresent());
}
