namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>The result that a worker releases a task with (Contracts/TaskTracker/Contract.md section 4.2). The numbers are on the wire.</summary>
internal enum ReleaseResult
{
    /// <summary>It succeeded.</summary>
    Ok = 0,

    /// <summary>It failed.</summary>
    Fail = 1,

    /// <summary>The worker did not try.</summary>
    Skip = 2,
}

/// <summary>What to do with a released task.</summary>
internal enum ReleaseDecision
{
    /// <summary>Close it.</summary>
    Close,

    /// <summary>Requeue it until enough workers verified it.</summary>
    AwaitOthers,

    /// <summary>Fail it for good.</summary>
    Fail,

    /// <summary>Count a failure and requeue it.</summary>
    Retry,

    /// <summary>Requeue it unchanged.</summary>
    Requeue,
}

/// <summary>Decides what to do with released tasks (Contracts/TaskTracker/Contract.md section 5.2).</summary>
internal static class ReleaseRules
{
    /// <summary>Decides what to do with a released task.</summary>
    /// <param name="result">The worker's result.</param>
    /// <param name="recipe">The task before the release.</param>
    /// <param name="agreeing">Counts the workers with the same verification, including this one; called only for <see cref="ReleaseResult.Ok"/>.</param>
    public static ReleaseDecision Decide(ReleaseResult result, Recipe recipe, Func<long> agreeing) => result switch
    {
        ReleaseResult.Ok when recipe.Terms.VerificationCount <= 1 => ReleaseDecision.Close,
        ReleaseResult.Ok => agreeing() >= recipe.Terms.VerificationCount ? ReleaseDecision.Close : ReleaseDecision.AwaitOthers,
        ReleaseResult.Fail => recipe.Retries + 1 >= recipe.Terms.MaxRetries ? ReleaseDecision.Fail : ReleaseDecision.Retry,
        ReleaseResult.Skip => ReleaseDecision.Requeue,
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
