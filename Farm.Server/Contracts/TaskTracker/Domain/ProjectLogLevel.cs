namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>The level of a project log line (Contracts/TaskTracker/Contract.md section 3). The numbers are stored and on the wire.</summary>
internal enum ProjectLogLevel
{
    /// <summary>The program stops.</summary>
    Fatal = 1,

    /// <summary>A bug.</summary>
    Panic = 2,

    /// <summary>Something failed.</summary>
    Error = 3,

    /// <summary>Something may need attention.</summary>
    Warn = 4,

    /// <summary>Normal activity.</summary>
    Info = 5,

    /// <summary>For debugging.</summary>
    Debug = 6,

    /// <summary>Every detail.</summary>
    Trace = 7,
}
