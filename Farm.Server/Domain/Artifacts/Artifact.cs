namespace Farm.Server.Domain.Artifacts;

/// <summary>A file produced by a task. Content is stored by hash, so equal files are stored once.</summary>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Job">The job.</param>
/// <param name="Task">The task.</param>
/// <param name="TaskName">The display name of the task.</param>
/// <param name="TaskIndex">Index of the task in its job, from 0.</param>
/// <param name="Path">Where the task wrote it, relative, parts separated by <c>/</c>; unique in the task.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, 64 lowercase hex digits.</param>
/// <param name="MediaType">The media type, from the file name, such as <c>text/plain</c>.</param>
/// <param name="CreatedAt">When it was received, in unix milliseconds.</param>
internal sealed record Artifact(
    Guid Uuid, Guid Job, Guid Task, string TaskName, int TaskIndex, string Path, long Size, string Sha256, string MediaType, long CreatedAt);
