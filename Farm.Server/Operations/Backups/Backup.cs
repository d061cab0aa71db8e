namespace Farm.Server.Operations.Backups;

/// <summary>A backup in the backup folder.</summary>
/// <param name="Name">The name of its file or folder.</param>
/// <param name="Path">Its path.</param>
/// <param name="At">When it was made.</param>
/// <param name="Bytes">Its size in bytes, including files that it shares with the farm or with other backups.</param>
/// <param name="Parts">What it holds besides the database.</param>
/// <param name="Check">The last check; null if it was never checked.</param>
internal sealed record Backup(string Name, string Path, DateTimeOffset At, long Bytes, IReadOnlyList<BackupPart> Parts, BackupResult? Check)
{
    /// <summary>Its database.</summary>
    public string Database => BackupFolder.DatabaseOf(Path);
}

/// <summary>How a check of a backup ended.</summary>
/// <param name="At">When.</param>
/// <param name="Problem">What is wrong with the backup; null for nothing.</param>
internal sealed record BackupResult(DateTimeOffset At, string? Problem);
