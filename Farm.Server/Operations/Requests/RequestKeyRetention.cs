using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Requests;

namespace Farm.Server.Operations.Requests;

/// <summary>Forgets keys of requests after <see cref="RepeatedRequests.Memory"/>, in slices. Of several managers, the leader does.</summary>
internal sealed class RequestKeyRetention(FarmStore store, TimeProvider time) : IPeriodicDuty
{
    /// <inheritdoc/>
    public async Task RunAsync()
    {
        var oldest = (time.GetUtcNow() - RepeatedRequests.Memory).ToUnixTimeMilliseconds();
        while (await store.WriteAsync(tx => RequestKeyTable.RemoveOld(tx.Db, oldest, tx.Slice) == tx.Slice))
        {
            // In slices, so that other writers can run in between.
        }
    }
}
