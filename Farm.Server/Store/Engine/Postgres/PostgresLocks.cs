using System.Data;
using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>
/// The locks of a farm in its database. Every running manager holds one, shared, as long as its connection lives; what needs the database for
/// itself holds the same lock alone: a migration, for which others wait, and a move of the farm, which has one more so that others do not.
/// Another is held by the manager that writes, for one transaction.
/// </summary>
/// <param name="schema">The schema that holds the tables; each has its own locks.</param>
internal sealed class PostgresLocks(string schema)
{
    // "FARM", "FARW" and "FARO" in ASCII, so that the locks are not those of another program.
    private const int PresenceClass = 0x4641524D;
    private const int WriteClass = 0x46415257;
    private const int MoveClass = 0x4641524F;

    /// <summary>
    /// Waits until no other manager writes, then keeps the others waiting until the transaction ends. As it is the first statement, the later ones
    /// see everything that the others wrote.
    /// </summary>
    public string Write { get; } = $"SELECT pg_advisory_xact_lock({WriteClass}, hashtext('{schema}'))";

    /// <summary>Takes the database for this connection alone; false if a manager is running, or something else has it.</summary>
    public bool TryAlone(NpgsqlConnection connection) => Try(connection, "pg_try_advisory_lock", PresenceClass);

    /// <summary>Takes part as a manager; false while something else has the database for itself.</summary>
    public bool TryJoin(NpgsqlConnection connection) => Try(connection, "pg_try_advisory_lock_shared", PresenceClass);

    /// <summary>Lets other managers in again.</summary>
    public void EndAlone(NpgsqlConnection connection) => Try(connection, "pg_advisory_unlock", PresenceClass);

    /// <summary>Takes the database for a move of the farm; false if a manager is running, or something else has it.</summary>
    public bool TryMove(NpgsqlConnection connection) => TryAlone(connection) && Try(connection, "pg_try_advisory_lock", MoveClass);

    /// <summary>Whether the farm is being moved.</summary>
    public bool IsMoving(NpgsqlConnection connection)
    {
        if (!Try(connection, "pg_try_advisory_lock_shared", MoveClass)) return true;
        Try(connection, "pg_advisory_unlock_shared", MoveClass);
        return false;
    }

    /// <summary>
    /// Closes a connection that may hold locks. They are then free; without this, that is only so once the server has noticed that the connection
    /// is closed.
    /// </summary>
    public static void Close(NpgsqlConnection connection)
    {
        try
        {
            if (connection.State != ConnectionState.Open) return;
            using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
            command.ExecuteNonQuery();
        }
        catch (NpgsqlException)
        {
            // The connection is lost, and the locks with it.
        }
        finally
        {
            connection.Dispose();
        }
    }

    private bool Try(NpgsqlConnection connection, string function, int lockClass)
    {
        using var command = new NpgsqlCommand($"SELECT {function}({lockClass}, hashtext('{schema}'))", connection);
        return command.ExecuteScalar() is true;
    }
}
