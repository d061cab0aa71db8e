using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Files;

namespace Farm.Server.Operations.Backups;

/// <summary>
/// Puts a backup in place of what a stopped farm has. Nothing is changed unless the backup is good, and what is replaced is kept as a backup of its own.
/// Every step can be repeated after a crash.
/// </summary>
/// <param name="directory">The data directory; whoever calls holds its lock.</param>
/// <param name="settings">The settings of the farm.</param>
/// <param name="schema">The tables of this program.</param>
/// <param name="time">The clock.</param>
internal sealed class BackupRestore(DataDirectory directory, SettingsFiles settings, Schema schema, TimeProvider time)
{
    /// <summary>Restores a backup, or goes on with that; then it is no longer pending.</summary>
    /// <returns>Where what it replaced is; null for nothing.</returns>
    /// <exception cref="StoreException">
    /// The backup must not be used, or the files cannot be written; the message says why. It stays pending only if the database is already being replaced.
    /// </exception>
    public string? Run(PendingRestore restore)
    {
        Check(restore);
        ReplaceFiles(restore);
        try
        {
            var known = BackupFile.Read(BackupFolder.DatabaseOf(restore.Backup), StoredFileTable.All);
            DatabaseRestore.Replace(directory, restore.Kept, time);
            DurableDirectory.Flush(directory.Root);
            Present.MoveUnknownTo(Path.Combine(restore.Kept, BackupFolder.Artifacts), known);
            DatabaseRestore.Discard(directory);
            var kept = Finish(restore.Kept);
            PendingRestore.Cancel(directory);
            return kept;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{Problem(restore, failure)} The next start, or \"farm restore\", goes on with it.", failure);
        }
    }

    private static string Problem(PendingRestore restore, Exception failure) => $"Cannot restore {restore.Backup}: {failure.Message}";

    private static bool HasSettings(string backup) => BackupFolder.PartsOf(backup).Contains(BackupPart.Settings);

    private void Check(PendingRestore restore)
    {
        try
        {
            DatabaseRestore.Prepare(directory, BackupFolder.DatabaseOf(restore.Backup), schema);
            if (Checksums.FindProblem(restore.Backup, readsContents: false) is { } problem)
                throw new StoreException($"{restore.Backup} is damaged ({problem}); choose another backup.");
            PrivateDirectory.Create(restore.Kept);
        }
        catch (Exception failure) when (failure is StoreException or IOException or UnauthorizedAccessException)
        {
            DatabaseRestore.Discard(directory);
            // After a restore that was interrupted, the database may be away: then it stays pending.
            if (File.Exists(directory.Database) || !Directory.Exists(restore.Kept)) PendingRestore.Cancel(directory);
            if (failure is StoreException) throw;
            throw new StoreException(Problem(restore, failure), failure);
        }
    }

    /// <summary>Replaces everything but the database. If that fails before the database is replaced, it is undone.</summary>
    private void ReplaceFiles(PendingRestore restore)
    {
        var isUndoable = File.Exists(directory.Database) && !File.Exists(BackupFolder.DatabaseOf(restore.Kept));
        try
        {
            Keep(restore);
            if (HasSettings(restore.Backup)) settings.Replace(restore.Backup);
            var artifacts = Path.Combine(restore.Backup, BackupFolder.Artifacts);
            if (Directory.Exists(artifacts)) Present.Add(artifacts);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (isUndoable) Undo(restore);
            throw new StoreException(Problem(restore, failure), failure);
        }
    }

    /// <summary>Copies what is about to be replaced, and links what may later be deleted.</summary>
    private void Keep(PendingRestore restore)
    {
        if (HasSettings(restore.Backup)) settings.CopyTo(restore.Kept);
        if (File.Exists(directory.Database)) Present.TryLinkTo(Path.Combine(restore.Kept, BackupFolder.Artifacts));
    }

    private void Undo(PendingRestore restore)
    {
        DatabaseRestore.Discard(directory);
        PendingRestore.Cancel(directory);
        try
        {
            if (HasSettings(restore.Kept)) settings.Replace(restore.Kept);
            // Only copies and links so far.
            Directory.Delete(restore.Kept, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What cannot be written is what it was; the copies stay for whoever wants to compare.
        }
    }

    private static string? Finish(string kept)
    {
        if (!Directory.EnumerateFiles(kept, "*", SearchOption.AllDirectories).Any())
        {
            Directory.Delete(kept, recursive: true);
            return null;
        }

        // A damaged database has its log beside it, which the checksums must have too.
        Checksums.Write(kept);
        DurableDirectory.Flush(kept);
        return kept;
    }

    private ArtifactTree Present => new(directory.Artifacts);
}
