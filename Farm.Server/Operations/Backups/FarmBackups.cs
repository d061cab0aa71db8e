using System.Collections.Concurrent;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Microsoft.Extensions.Options;

namespace Farm.Server.Operations.Backups;

/// <summary>What is known about the backups of a farm.</summary>
/// <param name="Backups">All of them, the newest first.</param>
/// <param name="Verifying">The names of those that are being checked.</param>
/// <param name="Pending">The backup that is restored at the next start; null for none.</param>
/// <param name="Restored">What was restored at the start of this server; null for nothing.</param>
/// <param name="MayRestart">Whether the server can restart itself.</param>
internal sealed record BackupState(
    IReadOnlyList<Backup> Backups, IReadOnlySet<string> Verifying, PendingRestore? Pending, RestoreOutcome? Restored, bool MayRestart);

/// <summary>Makes, checks and restores backups of the running farm. Backups are named, never given as a path.</summary>
/// <param name="store">The store.</param>
/// <param name="writer">Writes backups.</param>
/// <param name="audit">Where it is kept who did what.</param>
/// <param name="settings">What a backup holds by default.</param>
/// <param name="restart">Restarts the server for a restore.</param>
/// <param name="restored">What was restored before the store was opened; null for nothing.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed class FarmBackups(
    FarmStore store, BackupWriter writer, AuditLog audit, IOptionsMonitor<BackupSettings> settings, IServerRestart restart, RestoreOutcome? restored, TimeProvider time,
    ILogger<FarmBackups> log)
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<string, Lazy<Task<BackupResult>>> _checks = new();
    private readonly BackupFolder _folder = new(store.Directory);

    /// <summary>All backups, and what happens to them.</summary>
    /// <exception cref="FarmException">The caller may not, the farm has no backups of its own, or they cannot be read.</exception>
    public BackupState Read(Caller caller)
    {
        Demand(caller);
        return Guard(() => new BackupState(_folder.All(), _checks.Keys.ToHashSet(), PendingRestore.Find(store.Directory), restored, restart.IsAvailable));
    }

    /// <summary>Makes a backup, and checks it. One is made at a time.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="parts">What it holds besides the database; null for what the settings say.</param>
    /// <exception cref="FarmException">The caller may not, the farm has no backups of its own, or the backup could not be written.</exception>
    public Task<Backup> MakeAsync(Caller caller, IReadOnlyList<BackupPart>? parts) => audit.RunAsync(caller, AuditVerb.MakeBackup, async action =>
    {
        Demand(caller);
        var backup = await MakeAsync(BackupFolder.ByHand, parts ?? settings.CurrentValue.With);
        action.On(Target(backup.Name));
        return backup;
    });

    /// <summary>Makes a backup as the schedule wants it, and removes old ones of that kind.</summary>
    /// <exception cref="FarmException">The backup could not be written.</exception>
    public async Task<Backup> MakeScheduledAsync()
    {
        var backup = await MakeAsync(BackupFolder.Scheduled, settings.CurrentValue.With);
        await RemoveOldAsync();
        return backup;
    }

    /// <summary>Checks a backup completely, as before a restore, and remembers the result. Who asks meanwhile gets the same.</summary>
    /// <exception cref="FarmException">The caller may not, or there is no such backup.</exception>
    public Task<BackupResult> VerifyAsync(Caller caller, string name)
    {
        // At once, because those who ask need not wait for the result.
        Demand(caller);
        return VerifyAsync(caller, Find(name));
    }

    private Task<BackupResult> VerifyAsync(Caller caller, Backup backup) => audit.RunAsync(caller, AuditVerb.VerifyBackup, async action =>
    {
        var name = backup.Name;
        action.On(Target(name));
        var result = await _checks.GetOrAdd(name, _ => new Lazy<Task<BackupResult>>(() => Task.Run(() => Verify(backup)))).Value;
        action.Change(null, result.Problem ?? "good");
        return result;
    });

    /// <summary>Removes a backup.</summary>
    /// <exception cref="FarmException">The caller may not, there is no such backup, it is about to be restored, or it cannot be removed.</exception>
    public Task RemoveAsync(Caller caller, string name) => audit.RunAsync(caller, AuditVerb.RemoveBackup, async action =>
    {
        action.On(Target(name));
        Demand(caller);
        await _gate.WaitAsync();
        try
        {
            var backup = Find(name);
            if (IsPending(backup)) throw FarmException.Conflict($"{name} is about to be restored; cancel that first");
            Guard(() =>
            {
                _folder.Remove(backup);
                return true;
            });
            log.LogInformation("Removed backup {Backup}", name);
        }
        finally
        {
            _gate.Release();
        }
    });

    /// <summary>Checks a backup and has it restored before the next start, which this begins if it can.</summary>
    /// <returns>Whether the server restarts now.</returns>
    /// <exception cref="FarmException">The caller may not, there is no such backup, it is damaged, or another one is about to be restored.</exception>
    public async Task<bool> RestoreAsync(Caller caller, string name)
    {
        await audit.RunAsync(caller, AuditVerb.RestoreBackup, action =>
        {
            action.On(Target(name));
            return PlanRestoreAsync(caller, name);
        });
        log.LogWarning("Backup {Backup} will be restored when the server starts next", name);
        // After it is in the audit, which the database that is replaced keeps.
        if (restart.IsAvailable) restart.Request();
        return restart.IsAvailable;
    }

    private async Task PlanRestoreAsync(Caller caller, string name)
    {
        Demand(caller);
        var backup = Find(name);
        if (await Task.Run(() => FindProblem(backup, readsContents: false)) is { } problem) throw FarmException.Conflict(problem);
        await _gate.WaitAsync();
        try
        {
            if (Guard(() => PendingRestore.Find(store.Directory)) is { } other) throw FarmException.Conflict($"{other.Name} is about to be restored; cancel that first");
            Guard(() =>
            {
                PendingRestore.Of(store.Directory, Find(name).Path, time).Save(store.Directory);
                return true;
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Cancels a restore that waits for the next start.</summary>
    /// <exception cref="FarmException">The caller may not, or nothing is about to be restored.</exception>
    public Task CancelRestoreAsync(Caller caller) => audit.RunAsync(caller, AuditVerb.CancelRestore, action =>
    {
        Demand(caller);
        if (Guard(() => PendingRestore.Find(store.Directory)) is not { } pending) throw FarmException.Conflict("no backup is about to be restored");
        Guard(() =>
        {
            PendingRestore.Cancel(store.Directory);
            return true;
        });
        action.On(Target(pending.Name));
        log.LogInformation("Backup {Backup} will not be restored", pending.Name);
        return Task.CompletedTask;
    });

    /// <summary>When the newest scheduled backup was made; null for none.</summary>
    /// <exception cref="FarmException">The folder cannot be read.</exception>
    public DateTimeOffset? LastScheduled() =>
        Guard(() => _folder.All().FirstOrDefault(backup => backup.Name.StartsWith(BackupFolder.Scheduled, StringComparison.Ordinal))?.At);

    private async Task<Backup> MakeAsync(string prefix, IReadOnlyList<BackupPart> parts)
    {
        await _gate.WaitAsync();
        try
        {
            _folder.RemovePartial();
            var name = await writer.WriteAsync(BackupFolder.NameAt(prefix, time.GetUtcNow()), parts);
            var result = await Task.Run(() => Check(_folder.Find(name)!, readsContents: false));
            if (result.Problem is { } problem) throw new IOException(problem);
            log.LogInformation("Backup written to {File}", Path.Combine(_folder.Root, name));
            return Find(name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StoreException)
        {
            log.LogError("Backup failed: {Reason}", failure.Message);
            throw new FarmException(ErrorKind.Unavailable, failure.Message, failure);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task RemoveOldAsync()
    {
        var limits = settings.CurrentValue;
        var before = time.GetUtcNow().AddDays(-limits.KeepDays);
        await _gate.WaitAsync();
        try
        {
            var scheduled = _folder.All().Where(backup => backup.Name.StartsWith(BackupFolder.Scheduled, StringComparison.Ordinal)).ToList();
            // A damaged one is none that may be needed.
            var kept = scheduled.Where(backup => backup.Check?.Problem is null).Take(limits.KeepAtLeast).ToList();
            foreach (var old in scheduled.Except(kept).Where(backup => backup.At < before && !IsPending(backup)))
            {
                _folder.Remove(old);
                log.LogInformation("Removed backup {Backup}, which is older than {Days} days", old.Name, limits.KeepDays);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Cannot remove old backups; retrying after the next one: {Reason}", failure.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    private BackupResult Verify(Backup backup)
    {
        try
        {
            var result = Check(backup, readsContents: true);
            if (result.Problem is { } problem) log.LogError("Backup {Backup} must not be used: {Problem}", backup.Name, problem);
            else log.LogInformation("Backup {Backup} is good", backup.Name);
            return result;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.LogError("The result of the check of backup {Backup} cannot be written: {Reason}", backup.Name, failure.Message);
            return new BackupResult(time.GetUtcNow(), failure.Message);
        }
        finally
        {
            _checks.TryRemove(backup.Name, out _);
        }
    }

    private BackupResult Check(Backup backup, bool readsContents)
    {
        var result = new BackupResult(time.GetUtcNow(), FindProblem(backup, readsContents));
        _folder.Note(backup.Name, result);
        return result;
    }

    private string? FindProblem(Backup backup, bool readsContents)
    {
        try
        {
            DatabaseOpener.CheckBackup(backup.Database, store.Schema);
            return Checksums.FindProblem(backup.Path, readsContents);
        }
        catch (Exception failure) when (failure is StoreException or IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
    }

    private bool IsPending(Backup backup) => Guard(() => PendingRestore.Find(store.Directory))?.Backup == backup.Path;

    private static AuditTarget Target(string name) => new("backup", "", name);

    private Backup Find(string name) => Guard(() => _folder.Find(name)) ?? throw FarmException.NotFound("no such backup");

    private void Demand(Caller caller)
    {
        caller.Demand(Permission.ManageBackups);
        if (store.IsShared) throw FarmException.Conflict("the farm is in PostgreSQL; back it up with pg_dump");
    }

    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StoreException)
        {
            throw new FarmException(ErrorKind.Unavailable, failure.Message, failure);
        }
    }
}
