namespace Farm.Dashboard.Ports;

/// <summary>
/// The backups of the farm, for administrators. An action returns when it is on disk, or throws <see cref="FarmActionException"/> and changes nothing.
/// Scoped, because not everybody may see them.
/// </summary>
public interface IFarmBackups
{
    /// <summary>Whether the farm makes its own backups; one in PostgreSQL does not.</summary>
    bool IsSupported { get; }

    /// <summary>All backups, and what happens to them; null for a visitor who may not see them.</summary>
    Task<BackupList?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Makes a backup, and checks it.</summary>
    /// <param name="parts">What it holds besides the database.</param>
    /// <param name="cancellationToken">Cancels the call before it begins.</param>
    Task MakeAsync(IReadOnlyCollection<BackupContent> parts, CancellationToken cancellationToken);

    /// <summary>Begins to check a backup completely.</summary>
    Task VerifyAsync(string name, CancellationToken cancellationToken);

    /// <summary>Has a backup restored before the next start of the server, which this begins if the server can restart itself.</summary>
    Task RestoreAsync(string name, CancellationToken cancellationToken);

    /// <summary>Cancels a restore that waits for the next start.</summary>
    Task CancelRestoreAsync(CancellationToken cancellationToken);

    /// <summary>Removes a backup.</summary>
    Task RemoveAsync(string name, CancellationToken cancellationToken);
}

/// <summary>The backups of the farm.</summary>
/// <param name="Folder">Where they are, on the server.</param>
/// <param name="Schedule">When the farm makes one, for example <c>03:00</c>; empty for never.</param>
/// <param name="Defaults">What one holds besides the database unless somebody says otherwise.</param>
/// <param name="Backups">All of them, the newest first.</param>
/// <param name="Pending">The backup that is restored at the next start; null for none.</param>
/// <param name="Restored">What was restored at the start of this server; null for nothing.</param>
/// <param name="MayRestart">Whether the server can restart itself.</param>
public sealed record BackupList(
    string Folder,
    IReadOnlyList<string> Schedule,
    IReadOnlyList<BackupContent> Defaults,
    IReadOnlyList<BackupRow> Backups,
    string? Pending,
    RestoredBackup? Restored,
    bool MayRestart);

/// <summary>A backup.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Bytes">Its size in bytes, including files that it shares with the farm.</param>
/// <param name="Parts">What it holds besides the database.</param>
/// <param name="IsVerifying">Whether it is being checked.</param>
/// <param name="VerifiedAt">When it was last checked; null for never.</param>
/// <param name="Problem">What that check found; null for nothing.</param>
public sealed record BackupRow(
    string Name, DateTimeOffset MadeAt, long Bytes, IReadOnlyList<BackupContent> Parts, bool IsVerifying, DateTimeOffset? VerifiedAt, string? Problem);

/// <summary>A restore at the start of the server.</summary>
/// <param name="Name">The backup.</param>
/// <param name="Kept">The name of what it replaced; null for nothing.</param>
/// <param name="Problem">Why nothing was restored; null if it was.</param>
public sealed record RestoredBackup(string Name, string? Kept, string? Problem);

/// <summary>What a backup may hold besides the database.</summary>
public enum BackupContent
{
    /// <summary>Settings, templates and secrets.</summary>
    Settings,

    /// <summary>Files from tasks, and images.</summary>
    Artifacts,
}
