namespace Farm.Server.Contracts.FlowServ.Domain;

/// <summary>The state of a run (Contracts/FlowServ/Contract.md section 2.9). The numbers are stored in the database: never renumber.</summary>
internal enum RunState
{
    /// <summary>No worker has started it.</summary>
    Pending = 0,

    /// <summary>A worker has started it, and it has not ended.</summary>
    Running = 1,

    /// <summary>It succeeded, and its output files are available.</summary>
    Success = 2,

    /// <summary>It failed.</summary>
    Error = 3,

    /// <summary>It was canceled.</summary>
    Canceled = 4,
}

/// <summary>Names and properties of run states.</summary>
internal static class RunStates
{
    private static readonly string[] Names = ["PENDING", "RUNNING", "SUCCESS", "ERROR", "CANCELED"];

    /// <summary>The name of a state, such as <c>PENDING</c>.</summary>
    public static string Name(this RunState state) => Names[(int)state];

    /// <summary>The state with a name, case-sensitive; null when it is unknown.</summary>
    public static RunState? Parse(string? name) => Array.IndexOf(Names, name) is var index and >= 0 ? (RunState)index : null;

    /// <summary>Whether a state is final.</summary>
    public static bool IsOver(this RunState state) => state is RunState.Success or RunState.Error or RunState.Canceled;
}
