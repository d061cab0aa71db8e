using Farm.Server.Domain.Tasks;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>The names of commands, case-insensitive (Contracts/Deadline/Contract.md sections 4 and 9).</summary>
internal static class Commands
{
    private static readonly Dictionary<string, TaskCommand> ByWord = new(StringComparer.OrdinalIgnoreCase)
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

    /// <summary>The task command with a name; null when it is unknown.</summary>
    public static TaskCommand? Task(string word) => ByWord.TryGetValue(word, out var command) ? command : null;

    /// <summary>The command for all tasks of a job; null when it is unknown.</summary>
    public static TaskCommand? Job(string word) =>
        word.Equals("suspendnonrendering", StringComparison.OrdinalIgnoreCase) ? TaskCommand.SuspendNonRendering : Task(word);
}
