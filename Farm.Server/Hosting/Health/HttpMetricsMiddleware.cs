using System.Diagnostics;
using System.Diagnostics.Metrics;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Hosting.Health;

/// <summary>
/// Counts requests by protocol and status. The protocol is that of the endpoint, <c>none</c> without one. Comes before all other middleware, so
/// that refused requests count too.
/// </summary>
internal sealed class HttpMetricsMiddleware(RequestDelegate next)
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Farm.Http";

    private const string NoProtocol = "none";
    private const int HighestStatus = 599;

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "farm.http.requests", null, "Answered requests by protocol and status.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "farm.http.request.duration", "s", "Duration of requests by protocol, without WebSockets.", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] });

    // Boxed once, so that counting does not allocate.
    private static readonly object[] Statuses = [.. Enumerable.Range(0, HighestStatus + 1).Select(status => (object)status)];

    /// <summary>Runs the request, then counts it.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        // Read before the request runs, because an error page may replace the endpoint.
        var name = context.GetEndpoint()?.Metadata.GetMetadata<ProtocolName>()?.Name ?? NoProtocol;
        try
        {
            await next(context);
        }
        finally
        {
            Count(name, context.Response.StatusCode, Stopwatch.GetElapsedTime(started));
        }
    }

    private static void Count(string name, int status, TimeSpan duration)
    {
        var protocol = new KeyValuePair<string, object?>("protocol", name);
        Requests.Add(1, protocol, new KeyValuePair<string, object?>("status", Statuses[Math.Clamp(status, 0, HighestStatus)]));
        if (status != StatusCodes.Status101SwitchingProtocols) Duration.Record(duration.TotalSeconds, protocol);
    }
}
