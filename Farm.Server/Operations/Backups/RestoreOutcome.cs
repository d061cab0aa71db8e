namespace Farm.Server.Operations.Backups;

/// <summary>How a restore at the start of the server ended.</summary>
/// <param name="Backup">The name of the backup.</param>
/// <param name="Kept">The folder with what it replaced; null for nothing.</param>
/// <param name="Problem">Why nothing was restored; null if it was.</param>
internal sealed record RestoreOutcome(string Backup, string? Kept, string? Problem);
