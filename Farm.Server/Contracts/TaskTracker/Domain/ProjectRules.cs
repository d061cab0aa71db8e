namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>Validation of project details (Contracts/TaskTracker/Contract.md section 4.4.1).</summary>
internal static class ProjectRules
{
    private const int MaxNameLength = 512;

    /// <summary>Why details are invalid; null when they are valid.</summary>
    public static string? WhyNotAllowed(ProjectDetails details)
    {
        if (details.Name.Length is 0 or > MaxNameLength) return $"the name must have 1 to {MaxNameLength} characters";
        if (details.Name.Any(char.IsControl)) return "the name must not contain control characters";
        if (details.Priority < 0) return "the priority must be at least 0";
        if (details.AssignRate is <= 0 or double.NaN || details.SubmitRate is <= 0 or double.NaN) return "a rate must not be negative";
        return new[] { details.CloneUrl, details.GitRepo, details.Version, details.Motd }.Any(text => text.Contains('\0'))
            ? "a text must not contain the character U+0000"
            : null;
    }

    /// <summary>Whether a chain of projects has a cycle.</summary>
    /// <param name="project">The first project.</param>
    /// <param name="chain">The project that follows it; null for none.</param>
    /// <param name="next">Returns the project that follows another; null for none.</param>
    public static bool IsCycle(long project, long? chain, Func<long, long?> next)
    {
        var seen = new HashSet<long> { project };
        for (var at = chain; at is { } id; at = next(id))
        {
            if (!seen.Add(id)) return true;
        }

        return false;
    }
}
