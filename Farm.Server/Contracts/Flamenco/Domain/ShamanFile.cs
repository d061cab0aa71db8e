namespace Farm.Server.Contracts.Flamenco.Domain;

/// <summary>A file as a client names it.</summary>
/// <param name="Key">Its content.</param>
/// <param name="Path">Where it belongs in a checkout, parts separated by <c>/</c>.</param>
internal sealed record ShamanFile(FileKey Key, string Path);

/// <summary>What the farm has of a file.</summary>
internal enum FileStatus
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>Somebody is sending it.</summary>
    Uploading,

    /// <summary>All of it, on disk.</summary>
    Stored,
}
