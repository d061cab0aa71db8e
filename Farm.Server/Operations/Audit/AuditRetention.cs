using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Audit;
using Microsoft.Extensions.Options;

namespace Farm.Server.Operations.Audit;

/// <summary>Removes entries of the audit that are older than the setting <c>audit_days</c>, in slices. Of several managers, the leader does.</summary>
internal sealed class AuditRetention(FarmStore store, IOptionsMonitor<FarmLimits> limits, TimeProvider time) : IPeriodicDuty
{
    /// <inheritdoc/>
    public async Task RunAsync()
    {
        if (limits.CurrentValue.AuditDays is not (> 0 and var days)) return;
        var oldest = (time.GetUtcNow() - TimeSpan.FromDays(days)).ToUnixTimeMilliseconds();
        while (await store.WriteAsync(tx => AuditTable.RemoveOld(tx.Db, oldest, tx.Slice) == tx.Slice))
        {
            // In slices, so that other writers can run in between.
        }
    }
}
