using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Managers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using FrameworkReport = Microsoft.Extensions.Diagnostics.HealthChecks.HealthReport;

namespace Farm.Server.Hosting.Health;

/// <summary>The response of the health endpoints.</summary>
/// <param name="Status"><c>ok</c> or <c>unwell</c>.</param>
/// <param name="Checks">Each check's problem or warning, or <c>ok</c>.</param>
/// <param name="Managers">The managers of the farm, in the order in which they started; not with <c>/health/live</c>, and not for who may not look.</param>
internal sealed record HealthReport(string Status, IReadOnlyDictionary<string, string> Checks, IReadOnlyList<HealthManager>? Managers);

/// <summary>A manager of the farm.</summary>
/// <param name="Name">Its machine and port.</param>
/// <param name="Version">Its version.</param>
/// <param name="Since">When it started.</param>
/// <param name="LastSeen">When it last wrote to the database.</param>
/// <param name="Leader">Whether it does what must be done once.</param>
/// <param name="Self">Whether it is the manager that answers.</param>
/// <param name="Connection">What is wrong with its way to the database, or <c>ok</c>.</param>
internal sealed record HealthManager(
    string Name, string Version, DateTimeOffset Since, DateTimeOffset LastSeen, bool Leader, bool Self, string Connection);

/// <summary>Writes the framework's health report.</summary>
internal static class HealthResponse
{
    private const string Ok = "ok";

    /// <summary>Writes the body; the status is set already.</summary>
    public static Task WriteAsync(HttpContext context, FrameworkReport found, bool withManagers) =>
        WriteAsync(context, found, !withManagers ? null : [.. context.RequestServices.GetRequiredService<ManagerGroup>().All().Select(Describe)]);

    /// <summary>Writes the body for whoever asks only whether the process runs.</summary>
    public static Task WriteLiveAsync(HttpContext context, FrameworkReport found) => WriteAsync(context, found, null);

    private static Task WriteAsync(HttpContext context, FrameworkReport found, IReadOnlyList<HealthManager>? managers)
    {
        var report = new HealthReport(
            found.Status == HealthStatus.Healthy ? Ok : "unwell",
            found.Entries.ToDictionary(entry => entry.Key, entry => Problem(entry.Value) ?? Warning(entry.Value) ?? Ok),
            managers);
        return context.Response.WriteAsJsonAsync(report, HealthJson.Default.HealthReport, cancellationToken: context.RequestAborted);
    }

    /// <summary>Whether whoever asks may look at the farm. Also answers while the database, where accounts are, is away.</summary>
    public static bool MayLook(HttpContext context)
    {
        try
        {
            return context.RequestServices.GetRequiredService<Callers>().May(context, Permission.Look);
        }
        catch (FarmException)
        {
            return false;
        }
    }

    private static HealthManager Describe(ManagerState state) => new(
        state.Manager.Name, state.Manager.Version, DateTimeOffset.FromUnixTimeMilliseconds(state.Manager.StartedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(state.Manager.SeenAt), state.IsLeader, state.IsSelf, state.Problem ?? Ok);

    /// <summary>What a check found wrong; null for nothing. Without the text of exceptions, because anyone may read it.</summary>
    public static string? Problem(HealthReportEntry entry) => entry switch
    {
        { Status: HealthStatus.Healthy } => null,
        { Exception: OperationCanceledException } => "does not answer in time",
        { Exception: not null } or { Description: null } => "cannot be checked",
        _ => entry.Description,
    };

    /// <summary>What people should know about something that works; null for nothing.</summary>
    public static string? Warning(HealthReportEntry entry) => entry.Status == HealthStatus.Healthy ? entry.Description : null;
}
