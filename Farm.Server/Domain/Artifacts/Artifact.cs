namespace Farm.Server.Domain.Artifacts;

/// <summary>A file that a task produced. Its content is kept by its hash, so that equal files are kept once.</summary>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Job">The job.</param>
/// <param name="Task">The task.</param>
/// <param name="TaskName">The name of the task for people.</param>
/// <param name="TaskIndex">Index of the task in its job, from 0.</param>
/// <param name="Path">Where the task wrote it, relative, parts separated by <c>/</c>; unique in the task.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, 64 hex digits in lower case.</param>
/// <param name="MediaType">What its name says it is, such as <c>text/plain</c>.</param>
/// <param name="CreatedAt">When the farm had received it, in unix milliseconds.</param>
internal sealed record Artifact(
    Guid Uuid, Guid Job, Guid Task, string TaskName, int TaskIndex, string Path, long Size, string Sha256, string MediaType, long CreatedAt);
