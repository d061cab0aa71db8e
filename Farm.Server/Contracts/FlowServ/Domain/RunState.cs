namespace Farm.Server.Contracts.FlowServ.Domain;

/// <summary>What a run is at (Contracts/FlowServ/Contract.md section 2.9). The numbers are stored in the database: never renumber.</summary>
internal enum RunState
{
    /// <summary>No worker has begun it.</summary>
    Pending = 0,

    /// <summary>A worker has begun it, and it is not over.</summary>
    Running = 1,

    /// <summary>It is done, and its files are there.</summary>
    Success = 2,

    /// <summary>It failed.</summary>
    Error = 3,

    /// <summary>Someone gave it up.</summary>
    Canceled = 4,
}

/// <summary>The words for the states of a run, and what follows from them.</summary>
internal static class RunStates
{
    private static readonly string[] Names = ["PENDING", "RUNNING", "SUCCESS", "ERROR", "CANCELED"];

    /// <summary>The word for a state, such as <c>PENDING</c>.</summary>
    public static string Name(this RunState state) => Names[(int)state];

    /// <summary>The state for a word, whose case counts; null when there is none.</summary>
    public static RunState? Parse(string? name) => Array.IndexOf(Names, name) is var index and >= 0 ? (RunState)index : null;

    /// <summary>Whether a state is for ever.</summary>
    public static bool IsOver(this RunState state) => state is RunState.Success or RunState.Error or RunState.Canceled;
}
