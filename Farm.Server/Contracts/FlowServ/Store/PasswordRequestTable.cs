using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>Password reset requests in the store.</summary>
internal static class PasswordRequestTable
{
    /// <summary>Inserts a request, replacing older ones of the account.</summary>
    public static void Insert(StoreSession db, Guid uuid, long account, long now)
    {
        db.Connection.Execute("DELETE FROM password_requests WHERE account_id = @account", new { account });
        db.Connection.Execute(
            "INSERT INTO password_requests (uuid, account_id, created_at) VALUES (@uuid, @account, @now)", new { uuid, account, now });
    }

    /// <summary>Deletes a request that was created after a time, and returns its account; null when there is none.</summary>
    public static long? Take(StoreSession db, Guid uuid, long after) => db.Connection.QueryFirstOrDefault<long?>(
        "DELETE FROM password_requests WHERE uuid = @uuid AND created_at > @after RETURNING account_id", new { uuid, after });
}
