using Farm.Server.Domain.Tasks;
using Farm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Domain.Tasks;

/// <summary>Contracts/Flamenco/Contract.md section 4.4 with its F decisions.</summary>
public sealed class FailureRulesTests
{
    private static readonly FailureLimits Limits = new(TaskFailAfter: 3, BlocklistThreshold: 3);

    private static readonly Gen<FailureFacts> Facts =
        from workers in Gen.Choose(1, 5)
        from tasks in Gen.Choose(1, 5)
        from forTask in Gen.Choose(0, 3)
        from more in Gen.Choose(0, 3)
        select new FailureFacts(workers, tasks, forTask, forTask + more);

    [Fact]
    public void With_two_workers_the_first_failure_is_a_soft_one() =>
        Assert.Equal(new(TaskStatus.SoftFailed, false, false, false), Decide(new(1, 1, 1, 1)));

    [Fact]
    public void With_nobody_left_for_the_task_the_job_fails() =>
        Assert.Equal(new(TaskStatus.Failed, JobFails: true, false, false), Decide(new(2, 1, 0, 1)));

    [Fact]
    public void The_third_worker_that_fails_a_task_fails_it_for_good_and_not_the_job() =>
        Assert.Equal(new(TaskStatus.Failed, JobFails: false, false, false), Decide(new(3, 1, 5, 6)));

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void The_third_task_that_a_worker_fails_blocks_it(int tasks, bool blocks) =>
        Assert.Equal(new(TaskStatus.SoftFailed, false, blocks, blocks), Decide(new(1, tasks, 2, 2)));

    [Fact]
    public void When_the_last_worker_for_a_type_is_blocked_the_job_fails_and_nothing_is_given_back() =>
        Assert.Equal(new(TaskStatus.Failed, JobFails: true, Blocklist: true, RequeueHardFailed: false), Decide(new(1, 3, 0, 0)));

    [Fact]
    public void A_failure_that_is_final_fails_the_task_and_is_not_held_against_the_worker_whoever_is_left() => Rule.HoldsFor(
        Facts, facts => Assert.Equal(new(TaskStatus.Failed, false, false, false), Decide(facts with { IsFinal = true })));

    [Fact]
    public void A_job_fails_only_when_nobody_else_can_do_the_task() => Rule.HoldsFor(
        Facts, facts => Assert.True(!Decide(facts).JobFails || facts.CapableOthersForTask == 0));

    [Fact]
    public void A_task_is_tried_again_only_when_somebody_else_can() => Rule.HoldsFor(
        Facts, facts => Assert.True(Decide(facts).Task != TaskStatus.SoftFailed || facts.CapableOthersForTask > 0));

    [Fact]
    public void A_worker_is_blocked_from_the_threshold_on_whatever_else_holds() => Rule.HoldsFor(
        Facts, facts => Assert.Equal(facts.TasksFailedByWorker >= Limits.BlocklistThreshold, Decide(facts).Blocklist));

    private static FailureDecision Decide(FailureFacts facts) => FailureRules.Decide(facts, Limits);
}
