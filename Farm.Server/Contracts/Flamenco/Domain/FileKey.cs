namespace Farm.Server.Contracts.Flamenco.Domain;

/// <summary>Identifies a file by its content, not its name (Contracts/Flamenco/Contract.md section 6.5).</summary>
internal readonly record struct FileKey
{
    private const int ShaLength = 64;

    private FileKey(string sha, long size)
    {
        Sha = sha;
        Size = size;
    }

    /// <summary>SHA-256 of the content, 64 lower-case hexadecimal digits.</summary>
    public string Sha { get; }

    /// <summary>Length in bytes.</summary>
    public long Size { get; }

    /// <summary>Creates a key; null when the hash is malformed or the size negative.</summary>
    public static FileKey? TryCreate(string sha, long size) =>
        sha.Length == ShaLength && sha.All(char.IsAsciiHexDigit) && size >= 0 ? new FileKey(sha.ToLowerInvariant(), size) : null;
}
