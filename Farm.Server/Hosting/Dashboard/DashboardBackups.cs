using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Backups;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;
using Microsoft.Extensions.Options;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>The backups of the farm for the dashboard.</summary>
internal sealed class DashboardBackups(FarmStore store, FarmBackups backups, IOptionsMonitor<BackupSettings> settings, DashboardPeople people) : IFarmBackups
{
    /// <inheritdoc/>
    public bool IsSupported => !store.IsShared;

    /// <inheritdoc/>
    public async Task<BackupList?> ReadAsync(CancellationToken cancellationToken)
    {
        var caller = await people.CallerAsync();
        if (!caller.May(Permission.ManageBackups)) return null;
        var state = await Task.Run(() => backups.Read(caller), cancellationToken);
        return new BackupList(
            store.Directory.Backups,
            [.. settings.CurrentValue.Times.Order().Select(TimesOfDayAttribute.Text)],
            Map(settings.CurrentValue.With),
            [.. state.Backups.Select(backup => new BackupRow(
                backup.Name, backup.At, backup.Bytes, Map(backup.Parts), state.Verifying.Contains(backup.Name), backup.Check?.At, backup.Check?.Problem))],
            state.Pending?.Name,
            state.Restored is { } restored ? new RestoredBackup(restored.Backup, Path.GetFileName(restored.Kept), restored.Problem) : null,
            state.MayRestart);
    }

    /// <inheritdoc/>
    public Task MakeAsync(IReadOnlyCollection<BackupContent> parts, CancellationToken cancellationToken) =>
        DoAsync("No backup was made", cancellationToken, caller => backups.MakeAsync(caller, [.. parts.Select(part => part.As<BackupPart>())]));

    /// <inheritdoc/>
    public Task VerifyAsync(string name, CancellationToken cancellationToken) => DoAsync("The backup was not checked", cancellationToken, caller =>
    {
        _ = backups.VerifyAsync(caller, name);
        return Task.CompletedTask;
    });

    /// <inheritdoc/>
    public Task RestoreAsync(string name, CancellationToken cancellationToken) =>
        DoAsync("The backup is not restored", cancellationToken, caller => backups.RestoreAsync(caller, name));

    /// <inheritdoc/>
    public Task CancelRestoreAsync(CancellationToken cancellationToken) => DoAsync("The restore was not canceled", cancellationToken, backups.CancelRestoreAsync);

    /// <inheritdoc/>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        DoAsync("The backup was not removed", cancellationToken, caller => backups.RemoveAsync(caller, name));

    private static IReadOnlyList<BackupContent> Map(IReadOnlyList<BackupPart> parts) => [.. parts.Select(part => part.As<BackupContent>())];

    private Task DoAsync(string notDone, CancellationToken cancellationToken, Func<Caller, Task> action) => people.ActAsync(notDone, cancellationToken, action);
}
