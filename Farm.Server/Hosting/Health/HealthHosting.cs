using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Farm.Server.Hosting.Health;

/// <summary>For supervisors and load balancers.</summary>
internal static class HealthHosting
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds what must be well for the farm to do its work.</summary>
    public static IServiceCollection AddFarmHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database", timeout: Timeout).Services;

    /// <summary>
    /// <c>GET /health</c>: ready for work? 200, or 503 when a check is unwell. <c>GET /health/live</c>: 200 whenever the process can
    /// answer at all, so that a supervisor does not restart a farm whose disk is full.
    /// </summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        Map(app, "/health/live", _ => false);
        Map(app, "/health", _ => true);
        return app;
    }

    private static void Map(IEndpointRouteBuilder app, string path, Func<HealthCheckRegistration, bool> which)
    {
        var options = new HealthCheckOptions { Predicate = which, ResponseWriter = HealthAnswer.WriteAsync };
        options.ResultStatusCodes[HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable;
        app.MapHealthChecks(path, options).WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
    }
}
