using Farm.Tests.Support;

namespace Farm.Tests.Operations.Model;

/// <summary>The farm stays consistent under any actions, in any order, with repeats and delays (Docs/design.md sections 1 and 3).</summary>
public sealed class FarmPropertyTests
{
    [Fact]
    public void After_any_sequence_of_calls_the_invariants_hold() =>
        Rule.HoldsFor(Step.Runs, steps => RunAsync(steps).GetAwaiter().GetResult());

    private static async Task RunAsync(Step[] steps)
    {
        using var directory = new TemporaryDirectory();
        var time = new ManualTime();
        // Slices of five tasks, so that even small jobs need many slices per bulk update.
        await using var farm = new StoreFarm(directory.Path, time, slice: 5);
        var run = new FarmRun(farm, time);
        await run.StartAsync();
        Invariants.Check(farm.Store);
        foreach (var step in steps)
        {
            await run.DoAsync(step);
            Invariants.Check(farm.Store);
        }

        await run.SettleAsync();

    }
}
