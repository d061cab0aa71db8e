using Farm.Server.Domain.Managers;

namespace Farm.Tests.Domain.Managers;

/// <summary>Which managers live, as seen by another.</summary>
public sealed class ManagerWatchTests
{
    private static readonly Guid Id = Guid.NewGuid();
    private readonly ManagerWatch _watch = new(TimeSpan.FromSeconds(3));

    [Fact]
    public void A_manager_whose_beats_stand_still_is_gone()
    {
        _watch.Observe([At(1)], Seconds(0));
        _watch.Observe([At(1)], Seconds(3));
        Assert.False(_watch.IsGone(At(1), Seconds(3)));
        Assert.True(_watch.IsGone(At(1), Seconds(3.1)));
        Assert.Equal(Seconds(3.1), _watch.Silence(Id, Seconds(3.1)));
    }

    [Fact]
    public void A_manager_whose_beats_grow_lives_whatever_its_clock_says()
    {
        _watch.Observe([At(1)], Seconds(0));
        _watch.Observe([At(2)], Seconds(2));
        Assert.False(_watch.IsGone(At(2), Seconds(4)));
    }

    [Fact]
    public void A_manager_seen_for_the_first_time_lives() => Assert.False(_watch.IsGone(At(7), Seconds(100)));

    [Fact]
    public void A_manager_that_left_is_gone() => Assert.True(_watch.IsGone(null, Seconds(0)));

    [Fact]
    public void One_that_did_not_look_for_a_while_does_not_take_the_others_for_gone()
    {
        _watch.Observe([At(1)], Seconds(0));
        Assert.False(_watch.IsGone(At(2), Seconds(60)));
    }

    [Fact]
    public void A_manager_that_comes_back_starts_anew()
    {
        _watch.Observe([At(1)], Seconds(0));
        _watch.Observe([], Seconds(1));
        Assert.False(_watch.IsGone(At(1), Seconds(60)));
    }

    private static Manager At(long beats) => new(Id, "box:8080", "1.0", 0, 0, beats);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
