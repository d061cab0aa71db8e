using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>
/// Tells workers by their secret. A secret that a worker chose is checked once with the slow hash and then remembered in memory as a keyed digest, so
/// that polling stays cheap (Docs/design.md section 7). One that the farm made has nothing that could be guessed, and a fast hash.
/// </summary>
internal sealed class WorkerAuthentication(FarmStore store)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<Guid, (long Id, byte[] Digest)> _known = new();

    /// <summary>The id of the worker with this UUID and secret; null when there is none, after the same time whatever is wrong.</summary>
    public async ValueTask<long?> CheckAsync(Guid uuid, string secret)
    {
        var digest = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(secret));
        if (_known.TryGetValue(uuid, out var known) && CryptographicOperations.FixedTimeEquals(known.Digest, digest)) return known.Id;

        var stored = store.Read(db => WorkerTable.Secret(db, uuid));
        if (stored is { } made && RandomSecret.IsHash(made.Hash)) return RandomSecret.Matches(secret, made.Hash) ? made.Id : null;
        if (!await SecretHash.MatchesThrottledAsync(secret, stored?.Hash ?? SecretHash.OfNobody) || stored is not { } worker) return null;
        _known[uuid] = (worker.Id, digest);
        return worker.Id;
    }

    /// <summary>Forgets a worker that was removed: its next request is refused.</summary>
    public void Forget(Guid uuid) => _known.TryRemove(uuid, out _);
}
