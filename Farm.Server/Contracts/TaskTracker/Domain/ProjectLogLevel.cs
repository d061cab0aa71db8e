namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>How grave a line of the projects' log is (Contracts/TaskTracker/Contract.md section 3). The numbers are stored and on the wire.</summary>
internal enum ProjectLogLevel
{
    /// <summary>The program ends.</summary>
    Fatal = 1,

    /// <summary>Something must never happen and did.</summary>
    Panic = 2,

    /// <summary>Something failed.</summary>
    Error = 3,

    /// <summary>Something may need a look.</summary>
    Warn = 4,

    /// <summary>What goes on.</summary>
    Info = 5,

    /// <summary>For who looks for a fault.</summary>
    Debug = 6,

    /// <summary>Every step.</summary>
    Trace = 7,
}
