namespace Farm.Dashboard.Ports;

/// <summary>How the farm is doing, as this manager knows it.</summary>
/// <param name="Database">The kind of its database.</param>
/// <param name="WaitingOperations">Operations waiting to be written.</param>
/// <param name="LogBytes">The size of the write-ahead log in bytes; null where the farm has none.</param>
/// <param name="Managers">All managers of the farm, in the order in which they started.</param>
public sealed record FarmHealth(DatabaseKind Database, int WaitingOperations, long? LogBytes, IReadOnlyList<ManagerRow> Managers);

/// <summary>The kind of a database.</summary>
public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}

/// <summary>A check of the farm.</summary>
/// <param name="Name">What is checked, in lower case.</param>
/// <param name="Problem">What is wrong; null for nothing.</param>
/// <param name="Warning">What will go wrong unless somebody acts; null for nothing.</param>
public sealed record HealthCheck(string Name, string? Problem, string? Warning = null);

/// <summary>A manager: a running server of the farm.</summary>
/// <param name="Id">Its identity, another one at each start.</param>
/// <param name="Name">Its machine and port.</param>
/// <param name="Version">Its version.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="LastSeen">When it last wrote to the database.</param>
/// <param name="IsSelf">Whether it is the one that answers.</param>
/// <param name="IsLeader">Whether it does what must be done once.</param>
/// <param name="Connection">Its connection to the database.</param>
/// <param name="Problem">What is wrong with the connection, if it failed.</param>
public sealed record ManagerRow(
    Guid Id,
    string Name,
    string Version,
    DateTimeOffset StartedAt,
    DateTimeOffset LastSeen,
    bool IsSelf,
    bool IsLeader,
    ManagerConnection Connection,
    string? Problem);

/// <summary>The connection of a manager to the database.</summary>
public enum ManagerConnection
{
    Ok,
    Failed,

    /// <summary>Not known, because managers see each other through the database and this one cannot reach it.</summary>
    Unknown,
}
