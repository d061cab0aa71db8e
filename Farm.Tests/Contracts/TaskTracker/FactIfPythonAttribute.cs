namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>A test that needs python3, and says so where there is none.</summary>
internal sealed class FactIfPythonAttribute : FactAttribute
{
    public FactIfPythonAttribute()
    {
        if (Python is null) Skip = "There is no python3 on this machine's PATH";
    }

    /// <summary>Where python3 is; null when it is not.</summary>
    public static string? Python { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(directory => new[] { Path.Combine(directory, "python3"), Path.Combine(directory, "python3.exe") }).FirstOrDefault(File.Exists);
}
