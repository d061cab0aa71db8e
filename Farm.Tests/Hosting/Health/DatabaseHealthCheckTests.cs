using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Hosting.Health;
using Farm.Server.Operations;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Farm.Tests.Hosting.Health;

/// <summary>A farm is only well if what it writes stays: on a disk with space, in a file that is still the database.</summary>
public sealed class DatabaseHealthCheckTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public DatabaseHealthCheckTests() => _farm = new StoreFarm(_directory["farm"], engine: "sqlite");

    [Fact]
    public async Task The_check_writes_so_that_a_full_disk_shows()
    {
        var before = _farm.Store.Read(db => db.Number("PRAGMA data_version"));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync()).Status);
        Assert.NotEqual(before, _farm.Store.Read(db => db.Number("PRAGMA data_version")));
    }

    [LinuxTheory]
    [InlineData("farm")]
    [InlineData("farm/farm.db")]
    public async Task A_farm_whose_database_was_moved_says_so_and_saves_nothing_until_it_is_back(string moved)
    {
        Directory.Move(_directory[moved], _directory["away"]);
        var health = await HealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Contains("was moved, replaced or deleted", health.Description);
        Assert.Equal(ErrorKind.Unavailable, (await Assert.ThrowsAsync<FarmException>(() => AddTagAsync("lost"))).Kind);

        Directory.Move(_directory["away"], _directory[moved]);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync()).Status);
        await AddTagAsync("saved");
        Assert.Equal(["saved"], _farm.Store.Read(db => db.All("SELECT name FROM tags", row => row.GetString(0))));
    }

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_farm_whose_database_was_deleted_or_replaced_is_unwell(bool isReplaced)
    {
        File.Delete(_directory["farm/farm.db"]);
        if (isReplaced) await File.WriteAllTextAsync(_directory["farm/farm.db"], "other");
        Assert.Equal(HealthStatus.Unhealthy, (await HealthAsync()).Status);
    }

    [LinuxFact]
    public async Task The_log_says_that_the_data_directory_was_moved_though_nobody_writes_or_asks()
    {
        var log = new ListLogger<FarmStore>();
        await using var store = FarmStore.Open(new DataDirectory(_directory["idle"]), TimeProvider.System, new FarmEvents(), log, ProtocolSchemas.All);
        using var watch = new DatabaseWatch(store, TimeProvider.System);
        await watch.LookAsync();
        Assert.DoesNotContain(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Directory.Move(_directory["idle"], _directory["away"]);
        await watch.LookAsync();
        await watch.LookAsync();
        Assert.Contains("Error: Cannot write to the database: The database file was moved, replaced or deleted.", Assert.Single(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal)));
        Directory.Move(_directory["away"], _directory["idle"]);
        await watch.LookAsync();
        Assert.Contains("Information: The database is writable again", log.Lines);
    }

    [Fact]
    public async Task A_look_at_a_full_disk_does_not_say_that_the_database_is_writable_again()
    {
        var log = new ListLogger<FarmStore>();
        await using var store = FarmStore.Open(new DataDirectory(_directory["full"]), TimeProvider.System, new FarmEvents(), log, ProtocolSchemas.All);
        using var watch = new DatabaseWatch(store, TimeProvider.System);
        await store.WriteAsync(tx => tx.Db.Execute("PRAGMA max_page_count = 1"));
        await Assert.ThrowsAsync<FarmException>(() => AddAsync(store));
        await watch.LookAsync();
        await Assert.ThrowsAsync<FarmException>(() => AddAsync(store));
        Assert.Single(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.DoesNotContain("Information: The database is writable again", log.Lines);
        await store.WriteAsync(tx => tx.Db.Execute("PRAGMA max_page_count = 1073741823"));
        await AddAsync(store);
        Assert.Contains("Information: The database is writable again", log.Lines);

        static Task AddAsync(FarmStore store) =>
            store.WriteAsync(tx => tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, $2)", Guid.CreateVersion7(), new string('x', 1 << 20)));
    }

    [Fact]
    public async Task A_look_writes_nothing()
    {
        using var watch = new DatabaseWatch(_farm.Store, TimeProvider.System);
        var before = _farm.Store.LogBytes;
        for (var look = 0; look < 5; look++) await watch.LookAsync();
        Assert.Equal(before, _farm.Store.LogBytes);
    }

    [LinuxFact]
    public async Task Nothing_is_handed_out_while_the_database_is_not_in_its_place()
    {
        await _farm.SubmitAsync("misc:1");
        var worker = await _farm.AwakeAsync("node");
        Directory.Move(_directory["farm"], _directory["away"]);
        Assert.Equal(ErrorKind.Unavailable, (await Assert.ThrowsAsync<FarmException>(() => _farm.Scheduler.ScheduleAsync(worker.Id))).Kind);
        Directory.Move(_directory["away"], _directory["farm"]);
        Assert.NotNull((await _farm.Scheduler.ScheduleAsync(worker.Id)).Task);
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    private Task<HealthCheckResult> HealthAsync() => new DatabaseHealthCheck(_farm.Store).CheckHealthAsync(new HealthCheckContext());

    private Task AddTagAsync(string name) =>
        _farm.Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, $2)", Guid.CreateVersion7(), name));
}
