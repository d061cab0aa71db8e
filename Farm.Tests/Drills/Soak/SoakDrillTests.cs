using Xunit.Abstractions;

namespace Farm.Tests.Drills.Soak;

/// <summary>The short form of the drill.</summary>
public sealed class SoakDrillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Load_of_all_protocols_makes_nothing_fail_and_nothing_grow_without_bound() =>
        Assert.Empty(await SoakDrill.RunAsync(new SoakPlan(TimeSpan.FromSeconds(8), Seed: 1130, Clients: 20, TimeSpan.FromMilliseconds(100)), output.WriteLine).WaitAsync(TimeSpan.FromMinutes(10)));
}
