namespace Farm.Tests.Drills.Clock;

/// <summary>A test that sets the clock of a process.</summary>
public sealed class ClockDrillFactAttribute : FactAttribute
{
    public ClockDrillFactAttribute() => Skip = FakeClock.WhySkipped;
}
