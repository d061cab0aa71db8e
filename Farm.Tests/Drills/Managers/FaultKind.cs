namespace Farm.Tests.Drills.Managers;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>A manager is killed with SIGKILL, and started again.</summary>
    Kill,

    /// <summary>A manager is stopped with SIGSTOP for longer than its lease, and goes on.</summary>
    Freeze,

    /// <summary>A manager cannot reach the database, and neither end notices.</summary>
    Cut,

    /// <summary>The database is shut down, and started again.</summary>
    DatabaseRestart,

    /// <summary>The database crashes, and is started again.</summary>
    DatabaseCrash,
}
