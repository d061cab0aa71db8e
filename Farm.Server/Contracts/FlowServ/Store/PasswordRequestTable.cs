using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>Requests for a new password in the store.</summary>
internal static class PasswordRequestTable
{
    /// <summary>Writes a request in place of the older ones of the account.</summary>
    public static void Insert(SqliteSession db, Guid uuid, long account, long now)
    {
        db.Connection.Execute("DELETE FROM password_requests WHERE account_id = @account", new { account });
        db.Connection.Execute(
            "INSERT INTO password_requests (uuid, account_id, created_at) VALUES (@uuid, @account, @now)", new { uuid, account, now });
    }

    /// <summary>Removes a request that was made after a moment, and answers with its account; null when there is none.</summary>
    public static long? Take(SqliteSession db, Guid uuid, long after) => db.Connection.QueryFirstOrDefault<long?>(
        "DELETE FROM password_requests WHERE uuid = @uuid AND created_at > @after RETURNING account_id", new { uuid, after });
}
