using System.Diagnostics.Metrics;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Farm.Server.Hosting.Health;

/// <summary>Exports metrics for Prometheus.</summary>
internal static class MetricsHosting
{
    /// <summary>Adds the exporter and the farm's meters.</summary>
    public static IServiceCollection AddFarmMetrics(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<FarmGauges>()
        .AddSingleton(provider => Collect(provider.GetRequiredService<IMeterFactory>()));

    /// <summary>Counts every request. Must come before all other middleware.</summary>
    public static IApplicationBuilder UseHttpMetrics(this IApplicationBuilder app) => app.UseMiddleware<HttpMetricsMiddleware>();

    /// <summary><c>GET /metrics</c>. A number that cannot be read is left out.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder app) => app
        .MapPrometheusScrapingEndpoint("/metrics", app.ServiceProvider.GetRequiredService<MeterProvider>(), null, null)
        .Needs(Permission.Look)
        .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));

    private static MeterProvider Collect(IMeterFactory own) => Sdk.CreateMeterProviderBuilder()
        .AddMeter(FarmGauges.MeterName, HttpMetricsMiddleware.MeterName, TaskMetrics.MeterName, WriteMetrics.MeterName)
        // Meters are shared in a process; with several farms in one, as in tests, each exports only its own.
        .AddView(instrument => instrument.Meter.Scope is null || instrument.Meter.Scope == own ? null : MetricStreamConfiguration.Drop)
        .AddPrometheusExporter(options =>
        {
            // A label with the meter's name on every series would break existing dashboards.
            options.ScopeInfoEnabled = false;
            options.TargetInfoEnabled = false;
            // Reading is quick, so no scrape gets a cached response.
            options.ScrapeResponseCacheDurationMilliseconds = 0;
        })
        .Build();
}
