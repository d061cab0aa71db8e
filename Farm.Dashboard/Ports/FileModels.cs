namespace Farm.Dashboard.Ports;

/// <summary>
/// A file that a task produced. <paramref name="Path"/> is relative to where the task ran; <paramref name="Size"/> is in bytes. The URL is relative to
/// the server's root; null where files cannot be fetched.
/// </summary>
public sealed record FileRow(Guid Id, string Path, string TaskName, long Size, string? Url);

/// <summary>Files that the tasks of a job produced.</summary>
/// <param name="Rows">Those of the page, by the places of their tasks.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Bytes">The bytes of all.</param>
/// <param name="ArchiveUrl">Where all come as one; null where files cannot be fetched.</param>
public sealed record JobFiles(IReadOnlyList<FileRow> Rows, int Total, long Bytes, string? ArchiveUrl);
