namespace Farm.Dashboard.Ports;

/// <summary>
/// Reads how the farm itself is doing. It works when the database cannot be reached. Scoped, because not everybody may see everything.
/// </summary>
public interface IFarmHealth
{
    /// <summary>What this manager knows at once, without the database.</summary>
    FarmHealth Read();

    /// <summary>
    /// Checks the farm, by name. A check that gets no answer takes a few seconds. Everyone who asks meanwhile, or soon after, gets the same result.
    /// </summary>
    Task<IReadOnlyList<HealthCheck>> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Where the database is: the file of SQLite, or the database and host of PostgreSQL. Null for a visitor who is no administrator.</summary>
    Task<string?> ReadDatabaseAddressAsync(CancellationToken cancellationToken);
}
