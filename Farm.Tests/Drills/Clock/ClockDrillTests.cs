using Xunit.Abstractions;

namespace Farm.Tests.Drills.Clock;

/// <summary>The short form of the drill.</summary>
public sealed class ClockDrillTests(ITestOutputHelper output)
{
    [ClockDrillFact]
    public async Task A_clock_that_jumps_takes_nothing_from_workers_that_are_well()
    {
        var plan = new ClockPlan([TimeSpan.FromHours(2), TimeSpan.FromHours(-5)], Seed: 1130, Clients: 40, TimeSpan.FromSeconds(3), WatchesSilence: false);
        Assert.Empty(await ClockDrill.RunAsync(plan, output.WriteLine).WaitAsync(TimeSpan.FromMinutes(10)));
    }
}
