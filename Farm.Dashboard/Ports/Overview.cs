namespace Farm.Dashboard.Ports;

/// <summary>The farm in numbers. A status that nothing is in may be left out of a dictionary.</summary>
/// <param name="Jobs">Jobs by status.</param>
/// <param name="Workers">Workers by status.</param>
/// <param name="Tasks">The tasks of all jobs that are not over (completed, failed, canceled).</param>
/// <param name="LastImage">The newest image of the whole farm; null if there was none.</param>
public sealed record Overview(
    IReadOnlyDictionary<JobStatus, int> Jobs,
    IReadOnlyDictionary<WorkerStatus, int> Workers,
    TaskCounts Tasks,
    RenderedImage? LastImage);

/// <summary>What the farm calls itself and where it is found.</summary>
/// <param name="Name">The farm's name, for the title bar.</param>
/// <param name="Version">The software's version.</param>
/// <param name="Addresses">Addresses at which other machines reach this server, the likeliest first, e.g. <c>http://10.0.0.5:8080</c>.</param>
public sealed record FarmIdentity(string Name, string Version, IReadOnlyList<string> Addresses);
