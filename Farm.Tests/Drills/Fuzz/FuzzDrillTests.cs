using Xunit.Abstractions;

namespace Farm.Tests.Drills.Fuzz;

/// <summary>The short form of the drill. The long form runs with <c>dotnet run -c Release --project Farm.Tests -- drill fuzz</c>.</summary>
public sealed class FuzzDrillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Hostile_requests_find_no_fault() =>
        // So that a drill that never ends says how far it came.
        Assert.Empty(await FuzzDrill.RunAsync(new FuzzPlan(20_000, Seed: 1130, Connections: 8), output.WriteLine).WaitAsync(TimeSpan.FromMinutes(10)));
}
