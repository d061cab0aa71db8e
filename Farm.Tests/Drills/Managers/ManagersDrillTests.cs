using Xunit.Abstractions;

namespace Farm.Tests.Drills.Managers;

/// <summary>The short form of the drill; the long form runs with <c>dotnet run --project Farm.Tests -- drill managers</c>.</summary>
[Collection(ManagersDrillCollection.Name)]
public sealed class ManagersDrillTests(ITestOutputHelper output)
{
    [ManagersDrillFact]
    public async Task Managers_and_the_database_fail_and_nothing_acknowledged_is_lost_or_accepted_twice() =>
        Assert.Empty(await ManagersDrill.RunAsync(DrillPlan.Short(1129), output.WriteLine));
}
