using Farm.Server.Domain;
using Farm.Server.Hosting.Health;
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

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    private Task<HealthCheckResult> HealthAsync() => new DatabaseHealthCheck(_farm.Store).CheckHealthAsync(new HealthCheckContext());

    private Task AddTagAsync(string name) =>
        _farm.Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, $2)", Guid.CreateVersion7(), name));
}
