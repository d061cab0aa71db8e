using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Files;

namespace Farm.Server.Operations.Backups;

/// <summary>Writes backups of a running farm. A backup gets its name only when it is complete.</summary>
internal sealed class BackupWriter(FarmStore store, SettingsFiles settings, ContentGarbage garbage, ILogger<BackupWriter> log)
{
    /// <summary>Tells how many bytes are free where the backups are; replaced in tests.</summary>
    public Func<long> FreeBytes { get; set; } = () => new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(store.Directory.Root)! : store.Directory.Root).AvailableFreeSpace;

    /// <summary>Writes a backup.</summary>
    /// <param name="name">Its name, without an extension.</param>
    /// <param name="parts">What it holds besides the database.</param>
    /// <returns>Its name.</returns>
    /// <exception cref="IOException">It cannot be written, or is damaged.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="IOException"/>.</exception>
    /// <exception cref="Domain.FarmException">The engine has its own tools for backups.</exception>
    public async Task<string> WriteAsync(string name, IReadOnlyList<BackupPart> parts)
    {
        if (parts.Count == 0)
        {
            await Task.Run(() => store.WriteBackup(Path.Combine(store.Directory.Backups, name + ".db")));
            return name + ".db";
        }

        // What the copy of the database knows must not be removed before it is in the backup.
        using var paused = parts.Contains(BackupPart.Artifacts) ? await garbage.PauseAsync() : null;
        await Task.Run(() => Write(Path.Combine(store.Directory.Backups, name), parts));
        return name;
    }

    private void Write(string folder, IReadOnlyList<BackupPart> parts)
    {
        var partial = folder + BackupFolder.Partial;
        try
        {
            PrivateDirectory.Create(partial);
            store.WriteBackup(BackupFolder.DatabaseOf(partial));
            if (parts.Contains(BackupPart.Settings)) settings.CopyTo(partial);
            if (parts.Contains(BackupPart.Artifacts)) CopyArtifacts(partial);
            Checksums.Write(partial);
            DurableDirectory.Flush(partial);
            Directory.Move(partial, folder);
            DurableDirectory.Flush(store.Directory.Backups);
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
    }

    private void CopyArtifacts(string partial)
    {
        var known = BackupFile.Read(BackupFolder.DatabaseOf(partial), StoredFileTable.All);
        var missing = new ArtifactTree(store.Directory.Artifacts).CopyTo(Path.Combine(partial, BackupFolder.Artifacts), known, FreeBytes);
        if (missing > 0) log.LogWarning("{Files} stored files are missing from {Directory}, and so from the backup", missing, store.Directory.Artifacts);
    }
}
