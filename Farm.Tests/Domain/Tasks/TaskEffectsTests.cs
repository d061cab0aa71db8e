using Farm.Server.Domain.Tasks;

namespace Farm.Tests.Domain.Tasks;

/// <summary>Properties of every change in the table of effects.</summary>
public sealed class TaskEffectsTests
{
    [Fact]
    public void Only_handing_out_a_task_makes_it_active()
    {
        Assert.All(TaskEffects.All, effect => Assert.Equal(effect.To == TaskStatus.Active, effect.Cause == TaskCause.HandOut));
        Assert.Throws<InvalidOperationException>(() => TaskEffects.Of(TaskStatus.Completed, TaskStatus.Active, TaskCause.Person));
    }

    [Fact]
    public void An_attempt_begins_when_a_task_becomes_active_and_ends_when_it_no_longer_is() => Assert.All(TaskEffects.All, effect => Assert.Equal(
        effect.To == TaskStatus.Active ? AttemptEffect.Begin : effect.From == TaskStatus.Active ? AttemptEffect.End : AttemptEffect.None, effect.Attempt));

    [Fact]
    public void A_queued_paused_or_pended_task_has_no_steps_done_and_no_start_time() => Assert.All(
        TaskEffects.All.Where(effect => effect.To is TaskStatus.Queued or TaskStatus.Paused or TaskStatus.Pended),
        effect => Assert.Equal((StepsEffect.None, TimeEffect.Clear), (effect.Steps, effect.StartedAt)));

    [Fact]
    public void A_completed_task_has_all_steps_done_and_a_completion_time() => Assert.All(
        TaskEffects.All.Where(effect => effect.To == TaskStatus.Completed),
        effect => Assert.Equal((StepsEffect.All, TimeEffect.Now), (effect.Steps, effect.CompletedAt)));

    [Fact]
    public void Files_are_kept_only_when_a_worker_completes_the_task() => Assert.All(
        TaskEffects.All.Where(effect => effect.From is TaskStatus.Active or TaskStatus.Completed),
        effect => Assert.Equal((effect.To, effect.Cause) != (TaskStatus.Completed, TaskCause.Done), effect.RemovesFiles));

    [Fact]
    public void Worker_changes_apply_only_to_active_tasks() => Assert.All(
        TaskEffects.All.Where(effect => effect.Cause is TaskCause.Done or TaskCause.Failure or TaskCause.WorkerLeft or TaskCause.WorkerLost or TaskCause.Timeout),
        effect => Assert.Equal(TaskStatus.Active, effect.From));

    [Fact]
    public void The_steps_done_come_from_the_new_status_or_the_workers_report()
    {
        Assert.Equal(0, TaskEffects.Of(TaskStatus.Active, TaskStatus.Queued, TaskCause.Person).StepsAfter(3, 9, 5));
        Assert.Equal(9, TaskEffects.Of(TaskStatus.Active, TaskStatus.Completed, TaskCause.Person).StepsAfter(3, 9, 5));
        Assert.Equal(3, TaskEffects.Of(TaskStatus.Active, TaskStatus.Failed, TaskCause.Failure).StepsAfter(3, 9, null));
        Assert.Equal(5, TaskEffects.Of(TaskStatus.Active, TaskStatus.Failed, TaskCause.Failure).StepsAfter(3, 9, 5));
    }
}
