using System.Data;
using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>The lock that whoever uses the tables of a farm holds. It is a session lock: it ends with its connection.</summary>
internal static class PostgresLock
{
    // "FARM" in ASCII, so that the lock is not that of another program.
    private const int LockClass = 0x4641524D;

    /// <summary>Takes the lock so that no other connection can have it; false if another has it.</summary>
    /// <param name="connection">Holds the lock as long as it is open.</param>
    /// <param name="schema">The schema of the tables.</param>
    public static bool TryAcquire(NpgsqlConnection connection, string schema)
    {
        using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockClass}, hashtext('{schema}'))", connection);
        return command.ExecuteScalar() is true;
    }

    /// <summary>
    /// Closes a connection that may hold the lock. The lock is then free; without this, that is only so once the server has noticed that the
    /// connection is closed.
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
            // The connection is lost, and the lock with it.
        }
        finally
        {
            connection.Dispose();
        }
    }
}
