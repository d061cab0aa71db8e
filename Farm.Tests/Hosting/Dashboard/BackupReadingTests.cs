using Farm.Dashboard.Ports;
using Farm.Server.Hosting.Dashboard;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Dashboard;

/// <summary>Backups on the dashboard.</summary>
public sealed class BackupReadingTests : IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [SqliteFact]
    public async Task An_administrator_makes_verifies_restores_and_removes_a_backup()
    {
        var port = Port((await _farm.PersonAsync("boss", administrator: true)).Session);
        Assert.True(port.IsSupported);
        await port.MakeAsync([BackupContent.Settings], default);
        var list = (await port.ReadAsync(default))!;
        Assert.Equal(["03:00"], list.Schedule);
        Assert.Equal([BackupContent.Settings], list.Defaults);
        Assert.Equal((null, false), (list.Pending, list.MayRestart));
        var backup = Assert.Single(list.Backups);
        Assert.Equal((_farm.Time.GetUtcNow(), false, _farm.Time.GetUtcNow(), null), (backup.MadeAt, backup.IsVerifying, backup.VerifiedAt, backup.Problem));
        Assert.Equal([BackupContent.Settings], backup.Parts);

        await port.VerifyAsync(backup.Name, default);
        await port.RestoreAsync(backup.Name, default);
        Assert.Equal(backup.Name, (await port.ReadAsync(default))!.Pending);
        Assert.Equal(
            $"The backup was not removed: {backup.Name} is about to be restored; cancel that first.",
            (await Assert.ThrowsAsync<FarmActionException>(() => port.RemoveAsync(backup.Name, default))).Message);
        await port.CancelRestoreAsync(default);
        await port.RemoveAsync(backup.Name, default);
        Assert.Empty((await port.ReadAsync(default))!.Backups);
    }

    [SqliteFact]
    public async Task Others_see_and_do_nothing()
    {
        foreach (var session in (string?[])[null, (await _farm.PersonAsync("eve")).Session])
        {
            var port = Port(session);
            Assert.Null(await port.ReadAsync(default));
            Assert.StartsWith("No backup was made: this needs the role administrator", (await Assert.ThrowsAsync<FarmActionException>(() => port.MakeAsync([], default))).Message);
        }
    }

    private IFarmBackups Port(string? session) => _farm.Port<DashboardBackups>(session);
}
