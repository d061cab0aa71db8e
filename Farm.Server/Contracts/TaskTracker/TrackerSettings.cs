using Farm.Server.Contracts.TaskTracker.Operations;

namespace Farm.Server.Contracts.TaskTracker;

/// <summary>What a studio may set about this protocol (Contracts/TaskTracker/Contract.md section 5.11).</summary>
internal sealed record TrackerSettings
{
    /// <summary>Every route is served below this path too; empty for nowhere else.</summary>
    public string ApiPrefix { get; init; } = "/api";

    /// <summary>The name of the session cookie, of the dashboard too.</summary>
    public string Cookie { get; init; } = "tt";

    /// <summary>How long people stay signed in.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The branches whose pushes change the version of a project (section 4.6).</summary>
    public IReadOnlyList<string> Branches { get; init; } = ["master"];

    /// <summary>What concerns projects rather than how they are spoken of.</summary>
    public ProjectSettings Projects { get; init; } = new();
}
