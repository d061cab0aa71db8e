using Farm.Tests.Support;
using Xunit.Abstractions;

namespace Farm.Tests.Drills.Pause;

/// <summary>The short form of the drill.</summary>
public sealed class PauseDrillTests(ITestOutputHelper output)
{
    [LinuxFact]
    public async Task A_server_that_is_stopped_for_a_while_takes_nothing_from_workers_that_are_well()
    {
        var plan = new PausePlan([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)], Seed: 1130, Clients: 20, TimeSpan.FromSeconds(1));
        Assert.Empty(await PauseDrill.RunAsync(plan, output.WriteLine).WaitAsync(TimeSpan.FromMinutes(10)));
    }
}
