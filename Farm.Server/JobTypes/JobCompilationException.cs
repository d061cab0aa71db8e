namespace Farm.Server.JobTypes;

/// <summary>
/// A submission that its job type cannot turn into tasks. The message is one or two plain sentences for the person who
/// submitted the job, and says what to change (contract flamenco, section 6.2: the 400 of submitJob).
/// </summary>
internal sealed class JobCompilationException(string message, Exception? inner = null) : Exception(message, inner);
