using Xunit.Abstractions;

namespace Farm.Tests.Drills.Managers;

/// <summary>
/// The short form of the drill, or with <c>FARM_DRILL_MINUTES</c> the long form; that also runs with
/// <c>dotnet run --project Farm.Tests -- drill managers</c>.
/// </summary>
[Collection(ManagersDrillCollection.Name)]
public sealed class ManagersDrillTests(ITestOutputHelper output)
{
    private static readonly string? Minutes = Environment.GetEnvironmentVariable("FARM_DRILL_MINUTES");

    [ManagersDrillFact]
    public async Task Managers_and_the_database_fail_and_nothing_acknowledged_is_lost_or_accepted_twice()
    {
        var plan = Minutes is { Length: > 0 } ? DrillPlan.Long(int.Parse(Minutes), Random.Shared.Next(1_000_000)) : DrillPlan.Short(1129);
        // So that a drill that never ends says how far it came.
        var longest = plan.Period * plan.Faults.Count + TimeSpan.FromMinutes(15);
        Assert.Empty(await ManagersDrill.RunAsync(plan, output.WriteLine).WaitAsync(longest));
    }
}
