namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>What the submitter of a task of a project asks for (Contracts/TaskTracker/Contract.md section 4.2).</summary>
/// <param name="MaxRetries">After so many failures, and at least one, the task has failed.</param>
/// <param name="MaxAssignTime">For so many seconds a worker may keep it; 0 for as long as the settings say.</param>
/// <param name="VerificationCount">So many workers must find out the same; at least 1.</param>
/// <param name="Hash">Unique among the tasks of the project that are present; null when it does not matter.</param>
internal sealed record RecipeTerms(int MaxRetries, int MaxAssignTime, int VerificationCount, long? Hash);

/// <summary>A task of a project, beside what every task is.</summary>
/// <param name="Terms">What its submitter asks for.</param>
/// <param name="Retries">How often it failed since it was last given another chance.</param>
internal sealed record Recipe(RecipeTerms Terms, int Retries);

/// <summary>How a task of the farm looks to a tracker (Contracts/TaskTracker/Contract.md section 5.10).</summary>
internal static class RecipeStatusRules
{
    /// <summary>
    /// Whether a tracker still knows a task in this status. One that it does not know has lost its votes, and its hash is there for others.
    /// </summary>
    public static bool IsPresent(this TaskStatus status) => status is not (TaskStatus.Completed or TaskStatus.Canceled);

    /// <summary>Whether a change of status brings a task back that a tracker no longer knew.</summary>
    public static bool ComesBack(TaskStatus from, TaskStatus to) => !from.IsPresent() && to.IsPresent();

    /// <summary>Whether a change of status gives a task another chance, so that its failures are forgotten.</summary>
    public static bool IsAnotherChance(TaskStatus from, TaskStatus to) =>
        ComesBack(from, to) || (from == TaskStatus.Failed && to != TaskStatus.Failed && to.IsPresent());
}
