namespace Farm.Server.Hosting.Health;

internal static class MetricsEndpoint
{
    /// <summary><c>GET /metrics</c>, for Prometheus and what reads its format.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder app, MetricsRegistry metrics) =>
        app.MapGet("/metrics", () => Results.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8"));
}
