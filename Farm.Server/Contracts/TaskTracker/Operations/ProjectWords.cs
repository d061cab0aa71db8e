using System.Globalization;
using Farm.Server.Contracts.TaskTracker.Domain;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>What changes in the details of a project, in words for the audit.</summary>
internal static class ProjectWords
{
    /// <summary>The details that change, as they were; null if none do.</summary>
    public static string? Before(ProjectDetails before, ProjectDetails after) => Text(Parts(before), Parts(after));

    /// <summary>The details that change, as they become; null if none do.</summary>
    public static string? After(ProjectDetails before, ProjectDetails after) => Text(Parts(after), Parts(before));

    private static string? Text(IReadOnlyList<string> shown, IReadOnlyList<string> others)
    {
        var changed = string.Join(", ", shown.Except(others));
        return changed.Length > 0 ? changed : null;
    }

    /// <summary>Without the URL to clone from, which may have a password.</summary>
    private static List<string> Parts(ProjectDetails details) =>
    [
        $"name {details.Name}", $"priority {details.Priority}", $"repository {details.GitRepo}", $"version {details.Version}",
        $"{details.Visibility}".ToLowerInvariant(), details.IsPaused ? "paused" : "running", $"chained to {details.Chain?.ToString(CultureInfo.InvariantCulture) ?? "nothing"}",
        $"at most {Rate(details.AssignRate)} assigned", $"at most {Rate(details.SubmitRate)} submitted", $"message {details.Motd}",
    ];

    private static string Rate(double? perSecond) => perSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate} a second") : "any number";
}
