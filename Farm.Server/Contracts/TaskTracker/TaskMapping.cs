using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;

namespace Farm.Server.Contracts.TaskTracker;

/// <summary>Maps tasks to and from messages of this protocol.</summary>
internal static class TaskMapping
{
    /// <summary>The protocol's status of a task that has not failed, assigned or not.</summary>
    private const int New = 1;

    /// <summary>A task that was just assigned.</summary>
    public static TaskMessage Message(AssignedRecipe task, long workerId) => new()
    {
        Id = task.Held.TaskId,
        Priority = task.Held.Priority,
        Project = ProjectMapping.Message(task.Project),
        Assignee = workerId,
        Retries = task.Held.Recipe.Retries,
        MaxRetries = task.Held.Recipe.Terms.MaxRetries,
        Status = New,
        Recipe = task.Text,
        MaxAssignTime = task.Held.Recipe.Terms.MaxAssignTime,
        AssignTime = task.Held.StartedAt / 1000,
        VerificationCount = task.Held.Recipe.Terms.VerificationCount,
    };

    /// <summary>A submitted task (Contracts/TaskTracker/Contract.md section 4.2).</summary>
    /// <exception cref="TrackerException">A field is invalid: 400.</exception>
    public static NewRecipe Recipe(SubmitRequest request)
    {
        if (request.Project is not > 0) throw TrackerException.Invalid("\"project\" must be the id of a project");
        if (string.IsNullOrEmpty(request.Recipe)) throw TrackerException.Invalid("\"recipe\" must not be empty");
        if (request.MaxRetries is < 0) throw TrackerException.Invalid("\"max_retries\" must not be negative");
        if (request.MaxAssignTime is < 0 or > int.MaxValue) throw TrackerException.Invalid($"\"max_assign_time\" must be from 0 to {int.MaxValue} seconds");
        if (request.VerificationCount is < 0) throw TrackerException.Invalid("\"verification_count\" must not be negative");
        return new NewRecipe(request.Recipe, request.Priority ?? 0, new RecipeTerms(
            request.MaxRetries ?? 0, (int)(request.MaxAssignTime ?? 0), Math.Max(1, (int)(request.VerificationCount ?? 0)), Hash(request)));
    }

    /// <summary>The hash that makes a task unique (section 5.6); null for none.</summary>
    /// <exception cref="TrackerException">The fields contradict each other: 400.</exception>
    private static long? Hash(SubmitRequest request)
    {
        var (hash, other) = (request.Hash ?? 0, request.OtherHash ?? 0);
        if (hash != 0 && other != 0 && hash != other) throw TrackerException.Invalid("\"hash64\" and \"hash_u64\" are different; give one of them");
        if (Unique(request) is not { } text) return hash != 0 ? hash : other != 0 ? other : null;
        if (other != 0) throw TrackerException.Invalid("give \"hash_u64\" or a unique string, not both");
        return SipHash.Of(text) is var hashed && hashed != 0 ? hashed : null;
    }

    private static string? Unique(SubmitRequest request)
    {
        var texts = new[] { request.Unique, request.OtherUnique }.Where(text => !string.IsNullOrEmpty(text)).Distinct().ToList();
        return texts.Count > 1 ? throw TrackerException.Invalid("\"unique_string\" and \"unique_str\" are different; give one of them") : texts.FirstOrDefault();
    }
}
