namespace Farm.Dashboard.Ports;

/// <summary>A worker as lists and its own page show it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">The name it signed on with; several workers may share one.</param>
/// <param name="Status">What it is doing.</param>
/// <param name="Requested">What it was asked to do and has not done yet; null if nothing.</param>
/// <param name="CanRestart">Whether something on its machine starts it again after it went.</param>
/// <param name="Platform">The operating system, as it said: linux, windows, darwin …</param>
/// <param name="Address">The network address it last spoke from.</param>
/// <param name="Software">Its software and version, as it said; empty before the first sign-on.</param>
/// <param name="TaskTypes">The task types it supports.</param>
/// <param name="Tags">The names of its tags.</param>
/// <param name="LastSeen">Its last sign of life; null if it registered only.</param>
/// <param name="CurrentTask">The task in its hands; null if none.</param>
/// <param name="Speaks">The protocol that it speaks, by its name in the settings.</param>
/// <param name="PollsForRequests">
/// Whether it looks for what is asked of it, and does that. Others are awake or asleep at once: the farm gives them tasks or none.
/// </param>
/// <param name="IsApproved">Whether it may get tasks; one that a stranger registered waits until an operator approves it.</param>
public sealed record WorkerRow(
    Guid Id,
    string Name,
    WorkerStatus Status,
    WorkerRequest? Requested,
    bool CanRestart,
    string Platform,
    string Address,
    string Software,
    IReadOnlyList<string> TaskTypes,
    IReadOnlyList<string> Tags,
    DateTimeOffset? LastSeen,
    TaskLink? CurrentTask,
    string Speaks,
    bool PollsForRequests,
    bool IsApproved = true);

/// <summary>A link to a worker.</summary>
public sealed record WorkerLink(Guid Id, string Name);

/// <summary>A requested action of a worker. A lazy request waits for the end of its task.</summary>
public sealed record WorkerRequest(WorkerVerb Verb, bool Lazy);

/// <summary>The actions that can be requested of a worker.</summary>
public enum WorkerVerb
{
    /// <summary>Take tasks (status <c>awake</c>).</summary>
    Wake,

    /// <summary>Keep running, but take no tasks (status <c>asleep</c>).</summary>
    Sleep,

    /// <summary>Exit, to be restarted by the service manager (status <c>restart</c>).</summary>
    Restart,

    /// <summary>Exit (status <c>offline</c>).</summary>
    ShutDown,
}

/// <summary>What a list of workers can be sorted by. Ties are broken by name and id.</summary>
public enum WorkerSort
{
    Name,
    Status,
    Platform,
    Software,
    LastSeen,
}

/// <summary>
/// Which workers are wanted, and how sorted.
/// </summary>
/// <param name="Page">The part of the list.</param>
/// <param name="Sort">The order.</param>
/// <param name="Descending">Whether the order is turned around.</param>
/// <param name="Statuses">Workers in one of these; empty for all.</param>
/// <param name="Search">Workers whose name, address or tag contains this text, ignoring case; null or empty for all.</param>
public sealed record WorkerQuery(
    PageRequest Page,
    WorkerSort Sort = WorkerSort.Name,
    bool Descending = false,
    IReadOnlyList<WorkerStatus>? Statuses = null,
    string? Search = null);
