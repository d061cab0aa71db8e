using Farm.Server.Contracts.Shared;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using FrameworkReport = Microsoft.Extensions.Diagnostics.HealthChecks.HealthReport;

namespace Farm.Server.Hosting.Health;

/// <summary>Health endpoints for service managers and load balancers.</summary>
internal static class HealthHosting
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the health checks.</summary>
    /// <param name="services">The services.</param>
    /// <param name="hasSchedule">Whether the farm makes backups by itself.</param>
    public static IServiceCollection AddFarmHealth(this IServiceCollection services, bool hasSchedule)
    {
        var checks = services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database", timeout: Timeout);
        if (hasSchedule) checks.AddCheck<BackupHealthCheck>("backups", timeout: Timeout);
        return services;
    }

    /// <summary>
    /// <c>GET /health</c>: 200, or 503 when a check fails. <c>GET /health/live</c>: 200 while the process runs, so that a supervisor does not
    /// restart a farm whose disk is full.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="maySeeManagers">Whether whoever asks may know the managers.</param>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app, Func<HttpContext, bool> maySeeManagers)
    {
        Map(app, "/health/live", _ => false, HealthResponse.WriteLiveAsync);
        Map(app, "/health", _ => true, (context, found) => HealthResponse.WriteAsync(context, found, maySeeManagers(context)));
        return app;
    }

    private static void Map(IEndpointRouteBuilder app, string path, Func<HealthCheckRegistration, bool> which, Func<HttpContext, FrameworkReport, Task> write)
    {
        var options = new HealthCheckOptions { Predicate = which, ResponseWriter = write };
        options.ResultStatusCodes[HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable;
        app.MapHealthChecks(path, options).Allows(RouteAccess.Anyone).WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
    }
}
