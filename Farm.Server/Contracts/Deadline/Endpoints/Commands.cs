using Farm.Server.Domain.Tasks;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>The words for commands (Contracts/Deadline/Contract.md sections 4 and 9), compared without regard to case.</summary>
internal static class Commands
{
    private static readonly Dictionary<string, TaskCommand> OfTasks = new(StringComparer.OrdinalIgnoreCase)
    {
        ["requeue"] = TaskCommand.Requeue,
        ["complete"] = TaskCommand.Complete,
        ["suspend"] = TaskCommand.Suspend,
        ["fail"] = TaskCommand.Fail,
        ["resumefailed"] = TaskCommand.ResumeFailed,
        ["pend"] = TaskCommand.Pend,
        ["releasepending"] = TaskCommand.ReleasePending,
        ["resume"] = TaskCommand.Resume,
    };

    /// <summary>The command for a word in a request about tasks; null when there is none.</summary>
    public static TaskCommand? Task(string word) => OfTasks.TryGetValue(word, out var command) ? command : null;

    /// <summary>The command to all tasks for a word in a request about a job; null when there is none.</summary>
    public static TaskCommand? Job(string word) =>
        word.Equals("suspendnonrendering", StringComparison.OrdinalIgnoreCase) ? TaskCommand.SuspendNonRendering : Task(word);
}
