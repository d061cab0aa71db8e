using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>How many connections the server allows.</summary>
internal static class PostgresLimits
{
    /// <summary>Refuses a server that allows fewer connections than one manager may use.</summary>
    /// <exception cref="StoreException">It allows too few; the message says which limit to raise.</exception>
    public static void Check(NpgsqlConnection connection, int needed)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
              (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),
              (SELECT datconnlimit FROM pg_database WHERE datname = current_database())
            """,
            connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        Require(reader.GetInt32(0), "the server (max_connections)");
        Require(reader.GetInt32(1), "its user (ALTER ROLE … CONNECTION LIMIT)");
        Require(reader.GetInt32(2), "the database (ALTER DATABASE … CONNECTION LIMIT)");

        void Require(int allowed, string limit)
        {
            // A negative number is no limit.
            if (allowed >= 0 && allowed < needed)
                throw new StoreException($"The database allows only {allowed} connections, and each manager uses up to {needed}; raise the limit of {limit}.");
        }
    }
}
