namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>What a worker says when it gives a task back (Contracts/TaskTracker/Contract.md section 4.2). The numbers are on the wire.</summary>
internal enum ReleaseResult
{
    /// <summary>It is done.</summary>
    Ok = 0,

    /// <summary>It went wrong.</summary>
    Fail = 1,

    /// <summary>The worker did not try.</summary>
    Skip = 2,
}

/// <summary>What becomes of a task that a worker gives back.</summary>
internal enum ReleaseDecision
{
    /// <summary>It is closed.</summary>
    Close,

    /// <summary>It waits for other workers to find out the same.</summary>
    AwaitOthers,

    /// <summary>It has failed for good.</summary>
    Fail,

    /// <summary>It failed and is tried again.</summary>
    TryAgain,

    /// <summary>It waits as before.</summary>
    Requeue,
}

/// <summary>What follows when a worker gives a task back (Contracts/TaskTracker/Contract.md section 5.2).</summary>
internal static class ReleaseRules
{
    /// <summary>Decides.</summary>
    /// <param name="result">What the worker says.</param>
    /// <param name="recipe">The task before.</param>
    /// <param name="agreeing">How many different workers found out what this one did, itself counted; only asked for when it is done.</param>
    public static ReleaseDecision Decide(ReleaseResult result, Recipe recipe, Func<long> agreeing) => result switch
    {
        ReleaseResult.Ok when recipe.Terms.VerificationCount <= 1 => ReleaseDecision.Close,
        ReleaseResult.Ok => agreeing() >= recipe.Terms.VerificationCount ? ReleaseDecision.Close : ReleaseDecision.AwaitOthers,
        ReleaseResult.Fail => recipe.Retries + 1 >= recipe.Terms.MaxRetries ? ReleaseDecision.Fail : ReleaseDecision.TryAgain,
        ReleaseResult.Skip => ReleaseDecision.Requeue,
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
