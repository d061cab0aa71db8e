using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>
/// Authenticates workers by their secret. A secret chosen by the worker is checked once with the slow hash and then cached in memory as a keyed digest,
/// so that polling stays cheap (Docs/design.md section 7). Secrets created by the farm cannot be guessed and have a fast hash.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="clock">Measures how old an answer is.</param>
internal sealed class WorkerAuthentication(FarmStore store, TimeProvider clock)
{
    /// <summary>Where another manager may change a worker, its stored secret is looked at again after this time.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);


    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    /// <summary>The id of the worker with this UUID and secret; null if there is none. A failure takes the same time whatever its cause.</summary>
    public async ValueTask<long?> CheckAsync(Guid uuid, string secret)
    {
        var digest = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(secret));
        if (_known.TryGetValue(uuid, out var known) && CryptographicOperations.FixedTimeEquals(known.Digest, digest))
        {
            if (!store.IsShared || clock.GetElapsedTime(known.CheckedAt) < Trusted) return known.Id;
            if (store.Read(db => WorkerTable.Secret(db, uuid)) is { } present && present.Hash == known.Hash)
            {
                _known[uuid] = known with { CheckedAt = clock.GetTimestamp() };
                return known.Id;
            }

            Forget(uuid);
        }

        var stored = store.Read(db => WorkerTable.Secret(db, uuid));
        if (stored is { } made && RandomSecret.IsHash(made.Hash)) return RandomSecret.Matches(secret, made.Hash) ? made.Id : null;
        if (!await SecretHash.MatchesThrottledAsync(secret, stored?.Hash ?? SecretHash.OfNobody) || stored is not { } worker) return null;
        _known[uuid] = new Known(worker.Id, digest, worker.Hash, clock.GetTimestamp());
        return worker.Id;
    }

    /// <summary>Clears the cached secret of a removed worker, so that its next request is rejected.</summary>
    public void Forget(Guid uuid) => _known.TryRemove(uuid, out _);

    private readonly record struct Known(long Id, byte[] Digest, string Hash, long CheckedAt);
}
