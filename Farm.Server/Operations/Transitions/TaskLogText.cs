using Farm.Server.Domain.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>The lines that the farm itself writes into the log of a task (Contracts/Flamenco/Contract.md section 5).</summary>
internal static class TaskLogText
{
    /// <summary>A line that starts with the time.</summary>
    public static string Line(long now, string text) =>
        $"{DateTimeOffset.FromUnixTimeMilliseconds(now):yyyy-MM-dd'T'HH:mm:ss'Z'} {text}\n";

    /// <summary>The line for a change of status; empty if it did not change.</summary>
    public static string Changed(long now, TaskStatus from, TaskStatus to) =>
        from == to ? "" : Line(now, $"task changed status {from.Name()} -> {to.Name()}");
}
