namespace Farm.Server.JobTypes;

/// <summary>
/// A submission that its job type cannot turn into tasks. The message is one or two plain sentences for the person who
/// submitted the job, and says what to change (Contracts/Flamenco/Contract.md section 6.2: the 400 of submitJob).
/// </summary>
internal sealed class JobCompilationException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What is wrong with single settings, by their keys; forms show it beside the field. Empty if it is none's fault alone.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; private init; } = new Dictionary<string, string>();

    /// <summary>A refusal because of settings.</summary>
    /// <param name="problems">What is wrong with each, to follow its name.</param>
    public static JobCompilationException OfSettings(IReadOnlyDictionary<string, string> problems) =>
        new(string.Join(' ', problems.Select(problem => $"Setting \"{problem.Key}\" {problem.Value}."))) { Settings = problems };
}
