using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Managers;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Farm.Server.Hosting.Health;

/// <summary>Whether the database can be written.</summary>
internal sealed class DatabaseHealthCheck(FarmStore store) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // A change, so that a disk that is full or read-only shows.
            await store.WriteAsync(tx => HealthTable.Write(tx.Db)).WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (FarmException unavailable)
        {
            return HealthCheckResult.Unhealthy(unavailable.Message);
        }
    }
}
