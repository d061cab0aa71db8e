using System.Diagnostics.Metrics;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine.Sqlite;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Farm.Server.Hosting.Health;

/// <summary>Puts the farm's numbers into a host, as text that Prometheus reads.</summary>
internal static class MetricsHosting
{
    /// <summary>Adds what collects the numbers of the farm's meters.</summary>
    public static IServiceCollection AddFarmMetrics(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<FarmGauges>()
        .AddSingleton(provider => Collect(provider.GetRequiredService<IMeterFactory>()));

    /// <summary>Counts every request. Before all other middlewares.</summary>
    public static IApplicationBuilder UseHttpMetrics(this IApplicationBuilder app) => app.UseMiddleware<HttpMetricsMiddleware>();

    /// <summary><c>GET /metrics</c>. A number that cannot be read is left out.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder app) => app
        .MapPrometheusScrapingEndpoint("/metrics", app.ServiceProvider.GetRequiredService<MeterProvider>(), null, null)
        .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));

    private static MeterProvider Collect(IMeterFactory own) => Sdk.CreateMeterProviderBuilder()
        .AddMeter(FarmGauges.MeterName, HttpMetricsMiddleware.MeterName, TaskMetrics.MeterName, WriteMetrics.MeterName)
        // Meters are the process's: where it has several farms, as in tests, each shows its own state only.
        .AddView(instrument => instrument.Meter.Scope is null || instrument.Meter.Scope == own ? null : MetricStreamConfiguration.Drop)
        .AddPrometheusExporter(options =>
        {
            // Else every line would carry the name of the meter, and dashboards made for the farm would find no line.
            options.ScopeInfoEnabled = false;
            options.TargetInfoEnabled = false;
            // Reading the numbers is quick, and who looks twice wants to see what changed.
            options.ScrapeResponseCacheDurationMilliseconds = 0;
        })
        .Build();
}
