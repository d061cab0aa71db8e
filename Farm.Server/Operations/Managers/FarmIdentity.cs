using System.Security.Cryptography;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Managers;

namespace Farm.Server.Operations.Managers;

/// <summary>
/// The random id of the farm, by which a worker recognises it before it sends its secret. It is in the database, so all managers of a farm have the same,
/// and it survives restarts, backups and moves.
/// </summary>
internal sealed class FarmIdentity(FarmStore store)
{
    private const string Key = "farm";
    private const int Size = 16;

    private volatile string? _id;

    /// <summary>32 lowercase hex digits. Chosen when it is first asked for.</summary>
    public async Task<string> ReadAsync() => _id ??= Convert.ToHexStringLower(
        store.Read(db => FarmKeyTable.Find(db, Key))
        ?? await store.WriteAsync(tx => FarmKeyTable.GetOrAdd(tx.Db, Key, RandomNumberGenerator.GetBytes(Size))));
}
