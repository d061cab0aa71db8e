namespace Farm.Server.Domain.Workers;

/// <summary>
/// Status of a worker (Contracts/Flamenco/Contract.md section 2). The numbers are stored in the database: never renumber.
/// </summary>
internal enum WorkerStatus
{
    /// <summary>Not connected.</summary>
    Offline = 0,

    /// <summary>Signed on, but has not reported a status yet.</summary>
    Starting = 1,

    /// <summary>Takes tasks.</summary>
    Awake = 2,

    /// <summary>Connected, but takes no tasks.</summary>
    Asleep = 3,

    /// <summary>Reported a problem, or timed out.</summary>
    Error = 4,

    /// <summary>Being tested by its owner.</summary>
    Testing = 5,

    /// <summary>Only as a request: go offline and start again.</summary>
    Restart = 6,
}

/// <summary>The names of worker statuses.</summary>
internal static class WorkerStatusNames
{
    private static readonly string[] Names = ["offline", "starting", "awake", "asleep", "error", "testing", "restart"];

    /// <summary>The name of a status, such as <c>awake</c>.</summary>
    public static string Name(this WorkerStatus status) => Names[(int)status];

    /// <summary>Parses a status name; false when it is unknown.</summary>
    public static bool TryParse(string? name, out WorkerStatus status)
    {
        var index = Array.IndexOf(Names, name);
        status = (WorkerStatus)Math.Max(index, 0);
        return index >= 0;
    }
}
