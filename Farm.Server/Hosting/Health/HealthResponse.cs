using Microsoft.Extensions.Diagnostics.HealthChecks;
using FrameworkReport = Microsoft.Extensions.Diagnostics.HealthChecks.HealthReport;

namespace Farm.Server.Hosting.Health;

/// <summary>The response of the health endpoints.</summary>
/// <param name="Status"><c>ok</c> or <c>unwell</c>.</param>
/// <param name="Checks">Each check's problem, or <c>ok</c>.</param>
internal sealed record HealthReport(string Status, IReadOnlyDictionary<string, string> Checks);

/// <summary>Writes the framework's health report.</summary>
internal static class HealthResponse
{
    private const string Ok = "ok";

    /// <summary>Writes the body; the status is set already.</summary>
    public static Task WriteAsync(HttpContext context, FrameworkReport found)
    {
        var report = new HealthReport(
            found.Status == HealthStatus.Healthy ? Ok : "unwell",
            found.Entries.ToDictionary(entry => entry.Key, entry => Problem(entry.Value) ?? Ok));
        return context.Response.WriteAsJsonAsync(report, HealthJson.Default.HealthReport, cancellationToken: context.RequestAborted);
    }

    /// <summary>Without the text of exceptions, because anyone may read it.</summary>
    private static string? Problem(HealthReportEntry entry) => entry switch
    {
        { Status: HealthStatus.Healthy } => null,
        { Exception: OperationCanceledException } => "does not answer in time",
        { Exception: not null } or { Description: null } => "cannot be checked",
        _ => entry.Description,
    };
}
