using Farm.Server.Contracts.FlowServ.Domain;

namespace Farm.Tests.Contracts.FlowServ.Domain;

/// <summary>The times of runs that end.</summary>
public sealed class RunTimesTests
{
    [Fact]
    public void A_run_does_not_start_before_it_was_created_if_the_clock_was_set_back_in_between() =>
        Assert.Equal((1000L, 1000L), RunRules.Times(RunState.Success, createdAt: 1000, startedAt: 400, now: 500));

    [Fact]
    public void A_run_that_started_before_the_clock_was_set_back_does_not_end_before_it_started() =>
        Assert.Equal((1000L, 1000L), RunRules.Times(RunState.Success, createdAt: 1000, startedAt: 1200, now: 500));
}
