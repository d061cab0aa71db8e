using System.Text;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Backups;

/// <summary>
/// A restore that is to be done before the store is opened: asked for on the dashboard, or interrupted. It is on disk until it is done, so that a crash
/// in the middle leaves nothing halfway.
/// </summary>
/// <param name="Backup">The path of the backup.</param>
/// <param name="Kept">The folder for what it replaces.</param>
internal sealed record PendingRestore(string Backup, string Kept)
{
    /// <summary>The name of the backup.</summary>
    public string Name => Path.GetFileName(Backup);

    /// <summary>A restore that was not begun.</summary>
    public static PendingRestore Of(DataDirectory directory, string backup, TimeProvider time) =>
        new(BackupFolder.Normalize(backup), Path.Combine(directory.Backups, BackupFolder.NameAt(BackupFolder.Replaced, time.GetUtcNow())));

    /// <summary>What is pending in a data directory; null for nothing.</summary>
    /// <exception cref="StoreException">The file is damaged.</exception>
    public static PendingRestore? Find(DataDirectory directory)
    {
        if (!File.Exists(directory.PendingRestore)) return null;
        return File.ReadAllLines(directory.PendingRestore) is [var backup, var kept]
            ? new PendingRestore(backup, kept)
            : throw new StoreException($"{directory.PendingRestore} is damaged; delete it, then restore the backup with \"farm restore\".");
    }

    /// <summary>Writes it to the data directory.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(DataDirectory directory) => PrivateFile.Write(directory.PendingRestore, Encoding.UTF8.GetBytes($"{Backup}\n{Kept}\n"));

    /// <summary>Forgets what is pending.</summary>
    /// <exception cref="IOException">The file cannot be removed.</exception>
    public static void Cancel(DataDirectory directory) => File.Delete(directory.PendingRestore);
}
