using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>The stored hashes of secrets that workers chose, for the proof that this is their farm.</summary>
internal sealed class WorkerSecrets(FarmStore store)
{
    /// <summary>The parts of the hash of a worker's secret; null for an unknown worker, or one whose secret the farm chose.</summary>
    public (int Iterations, byte[] Salt, byte[] Hash)? Find(Guid uuid) =>
        store.Read(db => WorkerTable.Secret(db, uuid)) is { } known ? SecretHash.Parts(known.Hash) : null;
}
