namespace Farm.Server.Hosting.Health;

/// <summary>The answer of the health endpoints.</summary>
/// <param name="Status"><c>ok</c> or <c>unwell</c>.</param>
/// <param name="Checks">Each check's problem, or <c>ok</c>.</param>
internal sealed record HealthReport(string Status, IReadOnlyDictionary<string, string> Checks);

/// <summary>For supervisors and load balancers.</summary>
internal static class HealthEndpoints
{
    /// <summary>
    /// <c>GET /health</c>: ready for work? 200, or 503 when a check is unwell. <c>GET /health/live</c>: 200 whenever the process can
    /// answer at all, so that a supervisor does not restart a farm whose disk is full.
    /// </summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app, HealthChecks checks)
    {
        app.MapGet("/health/live", () => Report(new Dictionary<string, string?>()));
        app.MapGet("/health", async (CancellationToken cancel) => Report(await checks.RunAsync(cancel)));
        return app;
    }

    private static IResult Report(IReadOnlyDictionary<string, string?> problems)
    {
        var isWell = problems.Values.All(problem => problem is null);
        var report = new HealthReport(isWell ? "ok" : "unwell", problems.ToDictionary(check => check.Key, check => check.Value ?? "ok"));
        return Results.Json(
            report, HealthJson.Default.HealthReport, statusCode: isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
