namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>What managers may say about a project (Contracts/TaskTracker/Contract.md section 4.4.1).</summary>
internal static class ProjectRules
{
    private const int LongestName = 512;

    /// <summary>What is wrong with what was said; null for nothing.</summary>
    public static string? Wrong(ProjectDetails details)
    {
        if (details.Name.Length is 0 or > LongestName) return $"the name must have 1 to {LongestName} characters";
        if (details.Name.Any(char.IsControl)) return "the name has a control character in it";
        if (details.Priority < 0) return "the priority is less than 0";
        if (details.AssignRate is <= 0 or double.NaN || details.SubmitRate is <= 0 or double.NaN) return "a rate is less than 0";
        return new[] { details.CloneUrl, details.GitRepo, details.Version, details.Motd }.Any(text => text.Contains('\0'))
            ? "a text has the character U+0000 in it"
            : null;
    }

    /// <summary>Whether a chain that begins with a project comes back to it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="chain">The project that is to follow it; null for none.</param>
    /// <param name="next">The one that follows another; null for none.</param>
    public static bool IsCircle(long project, long? chain, Func<long, long?> next)
    {
        var seen = new HashSet<long> { project };
        for (var at = chain; at is { } id; at = next(id))
        {
            if (!seen.Add(id)) return true;
        }

        return false;
    }
}
