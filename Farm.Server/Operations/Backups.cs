using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations;

/// <summary>A copy of the database.</summary>
/// <param name="File">Its path.</param>
/// <param name="Bytes">Its size in bytes.</param>
internal sealed record Backup(string File, long Bytes);

/// <summary>Backs up the database while the farm is running.</summary>
internal sealed class Backups(FarmStore store, AuditLog audit, TimeProvider time, ILogger<Backups> log)
{
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Writes a consistent copy to the backup folder of the data directory, and verifies it.</summary>
    /// <exception cref="FarmException">The caller may not, or the copy could not be written.</exception>
    public Task<Backup> MakeAsync(Caller caller) => audit.RunAsync(caller, AuditVerb.MakeBackup, async action =>
    {
        caller.Demand(Permission.ManageBackups);
        await _gate.WaitAsync();
        try
        {
            var file = Path.Combine(store.Directory.Backups, $"farm-{time.GetUtcNow():yyyyMMdd-HHmmss-fff}.db");
            var bytes = await Task.Run(() => store.WriteBackup(file));
            log.LogInformation("Backup of {Bytes} bytes written to {File}", bytes, file);
            action.On(new AuditTarget("backup", "", Path.GetFileName(file)));
            action.Change(null, $"{bytes} bytes");
            return new Backup(file, bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.LogError("Backup failed: {Reason}", failure.Message);
            throw new FarmException(ErrorKind.Unavailable, failure.Message, failure);
        }
        finally
        {
            _gate.Release();
        }
    });
}
