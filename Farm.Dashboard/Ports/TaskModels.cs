namespace Farm.Dashboard.Ports;

/// <summary>
/// A task as lists show it. <paramref name="Index"/> is its place in the job, from 0. <paramref name="Worker"/> is who has it, or had it last.
/// <paramref name="Failures"/> counts the workers that failed it since it was last queued by hand. One that <paramref name="EndsForGood"/> cannot be
/// done again once it is over.
/// </summary>
public sealed record TaskRow(
    Guid Id,
    Guid JobId,
    string JobName,
    int Index,
    string Name,
    string Type,
    TaskStatus Status,
    string Activity,
    WorkerLink? Worker,
    int StepsCompleted,
    int StepsTotal,
    int Priority,
    DateTimeOffset Updated,
    int Failures,
    bool EndsForGood = false);

/// <summary>A task with the details of its panel.</summary>
/// <param name="Task">The task as in lists.</param>
/// <param name="Commands">Each command in one line for people: its name and its parameters.</param>
/// <param name="FailedBy">The workers that failed it since it was last queued by hand.</param>
/// <param name="LastTouched">When its worker last reported about it; null if never.</param>
public sealed record TaskDetail(TaskRow Task, IReadOnlyList<string> Commands, IReadOnlyList<WorkerLink> FailedBy, DateTimeOffset? LastTouched);

/// <summary>A link to a task.</summary>
public sealed record TaskLink(Guid Id, string Name, Guid JobId, string JobName);

/// <summary>
/// The end of a task's log. <paramref name="Text"/> starts at the start of a line; <paramref name="Size"/> is the whole log's length in bytes.
/// </summary>
public sealed record LogTail(string Text, long Size, bool IsWhole);

/// <summary>What a list of tasks can be sorted by. Ties are broken by job and index.</summary>
public enum TaskSort
{
    Index,
    Name,
    Type,
    Status,
    Worker,
    Updated,
}

/// <summary>
/// Which tasks are wanted, and how sorted.
/// </summary>
/// <param name="Page">The part of the list.</param>
/// <param name="Sort">The order.</param>
/// <param name="Descending">Whether the order is turned around.</param>
/// <param name="Statuses">Tasks in one of these; empty for all.</param>
/// <param name="Search">Tasks whose name, or whose worker's name, contains this text, ignoring case; null or empty for all.</param>
public sealed record TaskQuery(
    PageRequest Page,
    TaskSort Sort = TaskSort.Index,
    bool Descending = false,
    IReadOnlyList<TaskStatus>? Statuses = null,
    string? Search = null);
