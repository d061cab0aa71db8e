namespace Farm.Tests.Drills.Managers;

/// <summary>How a drill runs.</summary>
/// <param name="Faults">The faults, one in each period.</param>
/// <param name="Period">The shortest time from the start of a fault to the start of the next.</param>
/// <param name="Clients">Number of fake clients.</param>
/// <param name="Seed">The source of all random numbers.</param>
/// <param name="IsStrict">Whether the bound holds on the dot, or a busy machine may add the longest time in which nothing succeeded before the first fault.</param>
/// <param name="UsesProxy">Whether a proxy cuts managers from the database, even if network namespaces could.</param>
internal sealed record DrillPlan(IReadOnlyList<Fault> Faults, TimeSpan Period, int Clients, int Seed, bool IsStrict, bool UsesProxy = false)
{
    private static readonly FaultKind[] OfManagers = [FaultKind.Kill, FaultKind.Freeze, FaultKind.Cut];

    /// <summary>The short form, which is a test.</summary>
    public static DrillPlan Short(int seed)
    {
        var while5 = TimeSpan.FromSeconds(5);
        return new(
            [
                new(FaultKind.Kill, true, TimeSpan.FromSeconds(1)), new(FaultKind.Freeze, true, while5), new(FaultKind.Cut, false, while5),
                new(FaultKind.DatabaseRestart, false, default), new(FaultKind.Cut, true, while5), new(FaultKind.Freeze, false, while5),
                new(FaultKind.DatabaseCrash, false, default),
            ],
            TimeSpan.Zero, 60, seed, IsStrict: false);
    }

    /// <summary>The long form: a fault of a manager each minute, and the database restarted twice.</summary>
    public static DrillPlan Long(int minutes, int seed)
    {
        var random = new Random(seed);
        List<Fault> faults = [.. Enumerable.Range(0, minutes).Select(minute =>
            new Fault(OfManagers[minute % 3], random.Next(2) == 0, TimeSpan.FromSeconds(minute % 3 == 0 ? 2 : random.Next(7, 16))))];
        faults.Insert(minutes / 3, new(FaultKind.DatabaseRestart, false, default));
        faults.Insert(2 * minutes / 3 + 1, new(FaultKind.DatabaseCrash, false, default));
        return new(faults, TimeSpan.FromMinutes((double)minutes / faults.Count), 200, seed, IsStrict: true);
    }
}
