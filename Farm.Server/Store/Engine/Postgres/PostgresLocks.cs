using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>
/// The locks of a farm in its database. Every running manager holds one, shared, as long as its connection lives; what needs the database for
/// itself (a migration, a move of the farm) holds the same lock alone. Another is held by the manager that writes, for one transaction.
/// </summary>
/// <param name="schema">The schema that holds the tables; each has its own locks.</param>
internal sealed class PostgresLocks(string schema)
{
    // "FARM" and "FARW" in ASCII, so that the locks are not those of another program.
    private const int PresenceClass = 0x4641524D;
    private const int WriteClass = 0x46415257;

    /// <summary>
    /// Waits until no other manager writes, then keeps the others waiting until the transaction ends. As it is the first statement, the later ones
    /// see everything that the others wrote.
    /// </summary>
    public string Write { get; } = $"SELECT pg_advisory_xact_lock({WriteClass}, hashtext('{schema}'))";

    /// <summary>Takes the database for this connection alone; false if a manager is running, or something else has it.</summary>
    public bool TryAlone(NpgsqlConnection connection) => Try(connection, "pg_try_advisory_lock");

    /// <summary>Takes part as a manager; false while something else has the database for itself.</summary>
    public bool TryJoin(NpgsqlConnection connection) => Try(connection, "pg_try_advisory_lock_shared");

    /// <summary>Lets other managers in again.</summary>
    public void EndAlone(NpgsqlConnection connection) => Try(connection, "pg_advisory_unlock");

    private bool Try(NpgsqlConnection connection, string function)
    {
        using var command = new NpgsqlCommand($"SELECT {function}({PresenceClass}, hashtext('{schema}'))", connection);
        return command.ExecuteScalar() is true;
    }
}
