using Xunit.Abstractions;

namespace Farm.Tests.Drills.Log;

/// <summary>The short form of the drill.</summary>
public sealed class LogDrillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_torn_database_log_loses_nothing_that_was_on_the_disk_and_shows_no_garbage() =>
        Assert.Empty(await LogDrill.RunAsync(new LogPlan(2, Seed: 1130, Clients: 20, TimeSpan.FromSeconds(1)), output.WriteLine).WaitAsync(TimeSpan.FromMinutes(10)));
}
