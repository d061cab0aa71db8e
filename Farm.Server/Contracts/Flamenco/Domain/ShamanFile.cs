namespace Farm.Server.Contracts.Flamenco.Domain;

/// <summary>A file that a client names.</summary>
/// <param name="Key">Identifies its content.</param>
/// <param name="Path">Its path in a checkout, separated by <c>/</c>.</param>
internal sealed record ShamanFile(FileKey Key, string Path);

/// <summary>Whether the farm has a file.</summary>
internal enum FileStatus
{
    /// <summary>The farm does not have it.</summary>
    Unknown,

    /// <summary>A client is uploading it.</summary>
    Uploading,

    /// <summary>It is complete and on disk.</summary>
    Stored,
}
