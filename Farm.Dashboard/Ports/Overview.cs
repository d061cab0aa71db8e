namespace Farm.Dashboard.Ports;

/// <summary>Counts of the farm. Statuses without members may be missing.</summary>
/// <param name="Jobs">Jobs by status.</param>
/// <param name="Workers">Workers by status.</param>
/// <param name="Tasks">The tasks of all unfinished jobs.</param>
/// <param name="LastImage">The newest image of the whole farm; null if there was none.</param>
public sealed record Overview(
    IReadOnlyDictionary<JobStatus, int> Jobs,
    IReadOnlyDictionary<WorkerStatus, int> Workers,
    TaskCounts Tasks,
    RenderedImage? LastImage);

/// <summary>The farm's name, version and addresses.</summary>
/// <param name="Name">The farm's name, for the title bar.</param>
/// <param name="Version">The software's version.</param>
/// <param name="Addresses">Addresses at which other machines reach this server, the likeliest first, e.g. <c>http://10.0.0.5:8080</c>.</param>
public sealed record FarmIdentity(string Name, string Version, IReadOnlyList<string> Addresses)
{
    /// <summary>The fingerprint by which workers know a certificate that no authority has signed; null if they need none.</summary>
    public string? CertificateFingerprint { get; init; }
}
