using System.Net.Sockets;
using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>Classifies errors (PostgreSQL documentation, appendix A: error codes).</summary>
internal static class PostgresErrors
{
    // Connection lost, out of resources, shutting down, system error, internal error; then lock timeout, serialization, idle in transaction.
    private static readonly string[] Fatal = ["08", "53", "57", "58", "XX", "55P03", "40", "25P03"];

    /// <summary>Whether nothing of the transaction can be kept, rather than that one statement failed.</summary>
    public static bool EndsTransaction(Exception error) => error switch
    {
        PostgresException refused => Fatal.Any(code => refused.SqlState.StartsWith(code, StringComparison.Ordinal)),
        NpgsqlException or TimeoutException or IOException => true,
        _ => false,
    };

    /// <summary>Whether an error comes from the server or the way to it.</summary>
    public static bool IsUnreachable(Exception error) => error is NpgsqlException or TimeoutException or SocketException;

    /// <summary>What clients are told about an error of a farm that is running, as a part of a sentence.</summary>
    public static string WhyUnavailable(Exception? failure) => (failure as PostgresException)?.SqlState switch
    {
        "53100" => "the disk of the database is full",
        "53300" or "53400" => "the database has no connection left; raise max_connections of the server",
        "55P03" => "another manager or program keeps the database locked",
        _ => "the database cannot be reached",
    };

    /// <summary>Says why a database cannot be used and what to do, without the password.</summary>
    public static StoreException WhyNotOpened(NpgsqlConnectionStringBuilder address, Exception failure)
    {
        var database = $"the database \"{address.Database}\" on {address.Host}:{address.Port}";
        var reason = failure is PostgresException refused
            ? refused.SqlState switch
            {
                "28P01" or "28000" => $"the server rejects the user \"{address.Username}\" or its password; check the address.",
                "3D000" => $"it does not exist; create it with: createdb {address.Database}",
                "42501" => $"the user \"{address.Username}\" may not create tables; grant it CREATE on the database.",
                "53300" => "the server has no connection left; raise max_connections.",
                _ => refused.MessageText + ".",
            }
            : $"{(failure.InnerException ?? failure).Message.TrimEnd('.')}; check the address, and that the server is running.";
        return new StoreException($"Cannot use {database}: {reason}", failure);
    }
}
