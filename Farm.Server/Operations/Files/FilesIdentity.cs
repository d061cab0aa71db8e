using System.Text;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Managers;

namespace Farm.Server.Operations.Files;

/// <summary>
/// Ensures that all managers of a database use the same files (Docs/postgresql.md): one id is in the database and in a file of the directory.
/// The first manager chooses it.
/// </summary>
/// <remarks>
/// The file is written before the database is, and says until then that the id is new. So a first start that was interrupted leaves an id that
/// the next start takes over, and a database never names an id that is in no directory. Managers that start at once take turns, because write
/// operations do; the file is never overwritten by another id.
/// </remarks>
internal sealed class FilesIdentity(FarmStore store, DataDirectory directory, ILogger<FilesIdentity> log)
{
    private const string Key = "files";
    private const string New = " new";

    /// <summary>Checks the directory; adopts it if the database has none yet.</summary>
    /// <exception cref="StoreException">The directory cannot be used, or belongs to another farm, or is not that of the other managers.</exception>
    public async Task CheckAsync()
    {
        if (!Directory.Exists(directory.Files))
        {
            throw new StoreException(
                $"The directory {directory.Files} of the setting shared_files does not exist. Mount it, or for a new farm create it.");
        }

        Guard(TryWrite);
        var outcome = await store.WriteAsync(Claim);
        if (outcome.Problem is { } problem) throw new StoreException(problem);
        Guard(() => Confirm(outcome.Id));
        log.LogInformation("Files of the farm: {Directory}", directory.Files);
    }

    private (Guid Id, string? Problem) Claim(WriteTransaction tx)
    {
        try
        {
            var known = FarmKeyTable.Find(tx.Db, Key);
            var found = Read();
            if (known is null && found is { IsNew: false }) return (default, OfAnotherDatabase);
            if (known is not null) return (new Guid(known), found is null ? Missing : found.Value.Id != new Guid(known) ? OfAnotherFarm : null);
            var id = found?.Id ?? Create();
            FarmKeyTable.GetOrAdd(tx.Db, Key, id.ToByteArray());
            return (id, null);
        }
        // As such, it would look like a failure of the database.
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (default, Unusable(failure));
        }
    }

    private string Missing => directory.SharedFiles is null
        ? $"The farm in this database has its files in another directory: {directory.FilesId} is missing. "
            + "Set shared_files to a directory that all managers mount, the same as on the other machines."
        : $"{directory.Files} is not the directory that the farm's other managers use: {DataDirectory.FilesIdName} is missing. "
            + "Mount the directory, or set shared_files to it.";

    private string OfAnotherFarm =>
        $"{directory.Files} belongs to another farm than the database. Set shared_files to the directory that the farm's other managers use, or correct the setting database.";

    private string OfAnotherDatabase =>
        $"{directory.Files} belongs to a farm with another database. Correct the setting database, or use another directory; "
        + $"only if this database was made for these files, delete {directory.FilesId}.";

    private string Unusable(Exception failure) =>
        $"Cannot write to {directory.Files}, the directory of the farm's files: {failure.Message} The account of the server needs the right to create, rename and delete files there.";

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(Unusable(failure), failure);
        }
    }

    /// <summary>Creates, renames and deletes a file.</summary>
    private void TryWrite()
    {
        var (first, second) = (Temporary(), Temporary());
        Write(first, "");
        File.Move(first, second);
        File.Delete(second);
    }

    private (Guid Id, bool IsNew)? Read()
    {
        try
        {
            var text = File.ReadAllText(directory.FilesId).Trim();
            var isNew = text.EndsWith(New, StringComparison.Ordinal);
            // A file that is damaged, or was not finished, is treated like that of another farm.
            return (Guid.TryParse(isNew ? text[..^New.Length] : text, out var id) ? id : Guid.Empty, isNew);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a new id, unless the file exists meanwhile; a rename could replace that of a manager that took over.</summary>
    private Guid Create()
    {
        var id = Guid.NewGuid();
        Write(directory.FilesId, $"{id:D}{New}\n");
        DurableDirectory.Flush(directory.Files);
        return id;
    }

    private void Confirm(Guid id)
    {
        if (Read() is not { IsNew: true } found || found.Id != id) return;
        var temporary = Temporary();
        Write(temporary, $"{id:D}\n");
        File.Move(temporary, directory.FilesId, overwrite: true);
        DurableDirectory.Flush(directory.Files);
    }

    private string Temporary() => Path.Combine(directory.Files, $".farm-{Guid.NewGuid():N}");

    private static void Write(string path, string text)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        FolderAccess.Follow(path);
        file.Write(Encoding.ASCII.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
