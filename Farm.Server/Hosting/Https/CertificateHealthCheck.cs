using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Farm.Server.Hosting.Https;

/// <summary>
/// Warns about a certificate that expires soon. The farm stays well: workers that know the fingerprint go on, and a load balancer must not turn away
/// from all managers at once.
/// </summary>
internal sealed class CertificateHealthCheck(CurrentCertificate certificate) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(certificate.Warning));
}
