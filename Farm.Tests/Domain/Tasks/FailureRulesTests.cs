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
    public void With_two_workers_the_first_failure_is_a_soft_failure() =>
        Assert.Equal(new(TaskStatus.SoftFailed, false, false, false), Decide(new(1, 1, 1, 1)));

    [Fact]
    public void The_job_fails_when_no_other_worker_can_run_the_task() =>
        Assert.Equal(new(TaskStatus.Failed, JobFails: true, false, false), Decide(new(2, 1, 0, 1)));

    [Fact]
    public void A_task_that_failed_on_three_workers_fails_permanently_but_its_job_does_not() =>
        Assert.Equal(new(TaskStatus.Failed, JobFails: false, false, false), Decide(new(3, 1, 5, 6)));

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void A_worker_is_blocked_after_failing_three_tasks(int tasks, bool blocks) =>
        Assert.Equal(new(TaskStatus.SoftFailed, false, blocks, blocks), Decide(new(1, tasks, 2, 2)));

    [Fact]
    public void The_job_fails_without_requeues_when_the_last_worker_for_a_type_is_blocked() =>
        Assert.Equal(new(TaskStatus.Failed, JobFails: true, Blocklist: true, RequeueHardFailed: false), Decide(new(1, 3, 0, 0)));

    [Fact]
    public void A_final_failure_fails_only_the_task_and_does_not_count_against_the_worker() => Rule.HoldsFor(
        Facts, facts => Assert.Equal(new(TaskStatus.Failed, false, false, false), Decide(facts with { IsFinal = true })));

    [Fact]
    public void A_job_fails_only_when_no_other_worker_can_run_the_task() => Rule.HoldsFor(
        Facts, facts => Assert.True(!Decide(facts).JobFails || facts.CapableOthersForTask == 0));

    [Fact]
    public void A_task_is_retried_only_when_another_worker_can_run_it() => Rule.HoldsFor(
        Facts, facts => Assert.True(Decide(facts).Task != TaskStatus.SoftFailed || facts.CapableOthersForTask > 0));

    [Fact]
    public void A_worker_is_blocked_if_and_only_if_it_reaches_the_threshold() => Rule.HoldsFor(
        Facts, facts => Assert.Equal(facts.TasksFailedByWorker >= Limits.BlocklistThreshold, Decide(facts).Blocklist));

    private static FailureDecision Decide(FailureFacts facts) => FailureRules.Decide(facts, Limits);
}
