using Farm.Server.Operations.Backups;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Farm.Server.Hosting.Health;

/// <summary>Whether the farm makes the backups that its settings ask for.</summary>
internal sealed class BackupHealthCheck(BackupSchedule schedule) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(schedule.Problem is { } problem ? HealthCheckResult.Degraded(problem) : HealthCheckResult.Healthy());
}
