using Farm.Server.Operations.Managers;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Managers;

/// <summary>A manager tells its own absence from the silence of workers.</summary>
public sealed class SteadinessTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime _machine = new();
    private readonly JumpingTime _time;

    public SteadinessTests() => _time = new JumpingTime(_machine);

    [Fact]
    public void A_manager_that_was_stopped_does_not_count_the_time_before()
    {
        var steadiness = Watched(Minute);
        Assert.Equal(Minute, steadiness.Elapsed);
        _machine.Advance(TimeSpan.FromSeconds(45));
        // A check may come before the next look.
        Assert.Equal(TimeSpan.Zero, steadiness.Elapsed);
        steadiness.Observe();
        Watch(steadiness, Minute);
        Assert.Equal(Minute, steadiness.Elapsed);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-5)]
    public void A_clock_that_is_set_ends_the_time_before(int hours)
    {
        var steadiness = Watched(Minute);
        _time.Jump(TimeSpan.FromHours(hours));
        Assert.Equal(TimeSpan.Zero, steadiness.Elapsed);
        Watch(steadiness, Minute);
        Assert.InRange(steadiness.Elapsed, Minute - Steadiness.Interval, Minute);
    }

    [Fact]
    public void A_clock_that_is_adjusted_a_little_interrupts_nothing()
    {
        var steadiness = Watched(Minute);
        _time.Jump(TimeSpan.FromSeconds(3));
        Watch(steadiness, Minute);
        Assert.Equal(2 * Minute, steadiness.Elapsed);
    }

    [Fact]
    public void A_database_that_is_away_interrupts_until_it_is_back()
    {
        var steadiness = Watched(Minute);
        steadiness.Begin();
        Watch(steadiness, Minute);
        Assert.Equal(TimeSpan.Zero, steadiness.Elapsed);
        steadiness.End();
        Watch(steadiness, Minute);
        Assert.Equal(Minute, steadiness.Elapsed);
    }

    private Steadiness Watched(TimeSpan time)
    {
        var steadiness = new Steadiness(_time, _machine);
        steadiness.Observe();
        Watch(steadiness, time);
        return steadiness;
    }

    private void Watch(Steadiness steadiness, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Steadiness.Interval)
        {
            _machine.Advance(Steadiness.Interval);
            steadiness.Observe();
        }
    }
}
