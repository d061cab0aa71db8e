using Farm.Server.Domain.Access;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Requests;

/// <summary>A request that was carried out under a key.</summary>
/// <param name="Made">What it did, in words.</param>
/// <param name="Fingerprint">The SHA-256 of the request; null until it is answered.</param>
/// <param name="Answer">Its encrypted answer; null until it is answered, or if the answer was too long to be kept.</param>
internal sealed record StoredRequest(string Made, byte[]? Fingerprint, byte[]? Answer);

/// <summary>Keys of requests that were carried out.</summary>
internal static class RequestKeyTable
{
    /// <summary>Takes a key for a request; false if another request has it.</summary>
    public static bool Claim(StoreSession db, RequestKey key, string made, long now)
    {
        var turn = key.Turn.ToByteArray();
        return db.Execute("INSERT INTO request_keys (digest, turn, made_at, made) VALUES ($1, $2, $3, $4) ON CONFLICT (digest) DO NOTHING", key.Digest, turn, now, made) > 0
            || db.Number("SELECT 1 FROM request_keys WHERE digest = $1 AND turn = $2", key.Digest, turn) == 1;
    }

    /// <summary>The request that was carried out under a key, or null.</summary>
    public static StoredRequest? Find(StoreSession db, byte[] digest) => db.First(
        "SELECT made, fingerprint, answer FROM request_keys WHERE digest = $1",
        static row => new StoredRequest(row.GetString(0), row.IsDBNull(1) ? null : row.GetBytes(1), row.IsDBNull(2) ? null : row.GetBytes(2)),
        digest);

    /// <summary>Sets what a request was and how it was answered.</summary>
    public static void SetAnswer(StoreSession db, RequestKey key, byte[] fingerprint, byte[]? answer) => db.Execute(
        "UPDATE request_keys SET fingerprint = $3, answer = $4 WHERE digest = $1 AND turn = $2", key.Digest, key.Turn.ToByteArray(), fingerprint, answer);

    /// <summary>Forgets the key of a request.</summary>
    public static void Remove(StoreSession db, RequestKey key) =>
        db.Execute("DELETE FROM request_keys WHERE digest = $1 AND turn = $2", key.Digest, key.Turn.ToByteArray());

    /// <summary>Forgets up to a number of keys that were used before a time (unix milliseconds), the oldest first; returns how many.</summary>
    public static int RemoveOld(StoreSession db, long time, int most) => db.Execute(
        "DELETE FROM request_keys WHERE digest IN (SELECT digest FROM request_keys WHERE made_at < $1 ORDER BY made_at LIMIT $2)", time, most);
}
