using Xunit.Abstractions;

namespace Farm.Tests.Drills.Disk;

/// <summary>The short form of the drill.</summary>
public sealed class DiskDrillTests(ITestOutputHelper output)
{
    [DiskDrillFact]
    public async Task A_full_or_failed_disk_loses_nothing_acknowledged_and_work_goes_on_afterwards() =>
        Assert.Empty(await DiskDrill.RunAsync(new DiskPlan(Seed: 1130, Clients: 20, TimeSpan.FromSeconds(2), Rounds: 2), output.WriteLine).WaitAsync(TimeSpan.FromMinutes(10)));
}
