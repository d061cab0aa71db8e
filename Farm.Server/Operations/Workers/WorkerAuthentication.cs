using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>
/// Authenticates workers by their secret. A secret chosen by the worker is checked once with the slow hash and then cached in memory as a keyed digest,
/// so that polling stays cheap (Docs/design.md section 7). Secrets created by the farm cannot be guessed and have a fast hash.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="events">Tells whether a worker changed.</param>
/// <param name="clock">Measures how old an answer is.</param>
internal sealed class WorkerAuthentication(FarmStore store, FarmEvents events, TimeProvider clock)
{
    /// <summary>
    /// Where another manager may change a worker, its stored secret is looked at again: after the shorter time if some worker changed, else after the
    /// longer, in case that the event was lost.
    /// </summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TrustedUnchanged = TimeSpan.FromSeconds(20);


    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    /// <summary>The id of the worker with this UUID and secret; null if there is none. A failure takes the same time whatever its cause.</summary>
    public async ValueTask<long?> CheckAsync(Guid uuid, string secret)
    {
        var digest = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(secret));
        if (_known.TryGetValue(uuid, out var known) && CryptographicOperations.FixedTimeEquals(known.Digest, digest))
        {
            if (!store.IsShared || IsFresh(known)) return known.Id;
            var changes = events.WorkerChanges;
            if (store.Read(db => WorkerTable.Secret(db, uuid)) is { } present && present.Hash == known.Hash)
            {
                _known[uuid] = known with { CheckedAt = clock.GetTimestamp(), Changes = changes };
                return known.Id;
            }

            Forget(uuid);
        }

        var before = events.WorkerChanges;
        var stored = store.Read(db => WorkerTable.Secret(db, uuid));
        if (stored is { } made && RandomSecret.IsHash(made.Hash))
        {
            if (!RandomSecret.Matches(secret, made.Hash)) return null;
            // With SQLite, reading it is as fast as remembering it.
            if (store.IsShared) Remember(made, before);
            return made.Id;
        }

        if (!await SecretQueue.Workers.MatchesAsync(secret, stored?.Hash ?? SecretHash.OfNobody) || stored is not { } worker) return null;
        Remember(worker, before);
        return worker.Id;

        void Remember((long Id, string Hash) checkedOne, long changes) =>
            _known[uuid] = new Known(checkedOne.Id, digest, checkedOne.Hash, clock.GetTimestamp(), changes);
    }

    /// <summary>Clears the cached secret of a removed worker, so that its next request is rejected.</summary>
    public void Forget(Guid uuid) => _known.TryRemove(uuid, out _);

    private bool IsFresh(Known known) =>
        clock.GetElapsedTime(known.CheckedAt) < (known.Changes == events.WorkerChanges ? TrustedUnchanged : Trusted);

    private readonly record struct Known(long Id, byte[] Digest, string Hash, long CheckedAt, long Changes);
}
