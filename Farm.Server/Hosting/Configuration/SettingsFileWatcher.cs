using Farm.Server.Domain;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Managers;
using Farm.Server.Store.Engine;

namespace Farm.Server.Hosting.Configuration;

/// <summary>
/// Checks the settings file every two seconds. Change notifications would not work on network drives. Of several managers, the leader writes what
/// changed to the audit.
/// </summary>
internal sealed class SettingsFileWatcher(CurrentSettings settings, FarmStore store, ManagerGroup managers, TimeProvider time) : BackgroundService
{
    private const string FileName = "the settings file";

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (settings.Reload() is { Count: > 0 } changes && managers.IsLeader) await RecordAsync(changes);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private async Task RecordAsync(IReadOnlyList<SettingChange> changes)
    {
        try
        {
            await store.WriteAsync(tx => AuditLog.Add(
                tx, AuditVerb.ChangeSettings, new AuditTarget("file", "", FileName), SettingChange.TextBefore(changes), SettingChange.TextAfter(changes)));
        }
        catch (FarmException unwritable) when (unwritable.Kind == ErrorKind.Unavailable)
        {
            // The settings apply, and the store logs that it cannot be written.
        }
    }
}
