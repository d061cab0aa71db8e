namespace Farm.Server.JobTypes;

/// <summary>
/// A submission cannot be compiled into tasks. The message tells the submitter in one or two plain sentences what to
/// change (Contracts/Flamenco/Contract.md section 6.2: the 400 of submitJob).
/// </summary>
internal sealed class JobCompilationException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Problems of individual settings, by key; forms show them beside the field. Empty if no single setting is the cause.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; private init; } = new Dictionary<string, string>();

    /// <summary>Creates an exception for invalid settings.</summary>
    /// <param name="problems">The problem of each setting, phrased to follow its name.</param>
    public static JobCompilationException OfSettings(IReadOnlyDictionary<string, string> problems) =>
        new(string.Join(' ', problems.Select(problem => $"Setting \"{problem.Key}\" {problem.Value}."))) { Settings = problems };
}
