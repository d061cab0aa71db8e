using Xunit.Abstractions;

namespace Farm.Tests.Drills.Kill;

/// <summary>The short form of the drill.</summary>
public sealed class KillDrillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_server_that_is_killed_again_and_again_loses_nothing_acknowledged_and_does_nothing_refused() =>
        Assert.Empty(await KillDrill.RunAsync(new KillPlan(5, Seed: 1130, Clients: 20, TimeSpan.FromSeconds(1)), output.WriteLine).WaitAsync(TimeSpan.FromMinutes(10)));
}
