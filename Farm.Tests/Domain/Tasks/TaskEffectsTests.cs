using Farm.Server.Domain.Tasks;

namespace Farm.Tests.Domain.Tasks;

/// <summary>What the table of effects promises of every change.</summary>
public sealed class TaskEffectsTests
{
    [Fact]
    public void A_task_becomes_active_by_being_handed_out_and_by_nothing_else()
    {
        Assert.All(TaskEffects.All, effect => Assert.Equal(effect.To == TaskStatus.Active, effect.Cause == TaskCause.HandOut));
        Assert.Throws<InvalidOperationException>(() => TaskEffects.Of(TaskStatus.Completed, TaskStatus.Active, TaskCause.Person));
    }

    [Fact]
    public void An_attempt_begins_when_a_task_becomes_active_and_ends_when_it_ceases_to_be() => Assert.All(TaskEffects.All, effect => Assert.Equal(
        effect.To == TaskStatus.Active ? AttemptEffect.Begin : effect.From == TaskStatus.Active ? AttemptEffect.End : AttemptEffect.None, effect.Attempt));

    [Fact]
    public void A_task_that_waits_or_is_held_has_nothing_done_and_was_not_begun() => Assert.All(
        TaskEffects.All.Where(effect => effect.To is TaskStatus.Queued or TaskStatus.Paused or TaskStatus.Pended),
        effect => Assert.Equal((StepsEffect.None, TimeEffect.Clear), (effect.Steps, effect.StartedAt)));

    [Fact]
    public void A_completed_task_has_all_done_and_says_when() => Assert.All(
        TaskEffects.All.Where(effect => effect.To == TaskStatus.Completed),
        effect => Assert.Equal((StepsEffect.All, TimeEffect.Now), (effect.Steps, effect.CompletedAt)));

    [Fact]
    public void Only_what_the_worker_that_completed_a_task_sent_stays() => Assert.All(
        TaskEffects.All.Where(effect => effect.From is TaskStatus.Active or TaskStatus.Completed),
        effect => Assert.Equal((effect.To, effect.Cause) != (TaskStatus.Completed, TaskCause.Done), effect.RemovesFiles));

    [Fact]
    public void What_a_worker_brings_about_happens_to_tasks_that_it_holds() => Assert.All(
        TaskEffects.All.Where(effect => effect.Cause is TaskCause.Done or TaskCause.Failure or TaskCause.WorkerLeft or TaskCause.WorkerLost or TaskCause.Timeout),
        effect => Assert.Equal(TaskStatus.Active, effect.From));

    [Fact]
    public void The_steps_done_follow_from_the_new_status_or_from_what_the_worker_reports()
    {
        Assert.Equal(0, TaskEffects.Of(TaskStatus.Active, TaskStatus.Queued, TaskCause.Person).StepsAfter(3, 9, 5));
        Assert.Equal(9, TaskEffects.Of(TaskStatus.Active, TaskStatus.Completed, TaskCause.Person).StepsAfter(3, 9, 5));
        Assert.Equal(3, TaskEffects.Of(TaskStatus.Active, TaskStatus.Failed, TaskCause.Failure).StepsAfter(3, 9, null));
        Assert.Equal(5, TaskEffects.Of(TaskStatus.Active, TaskStatus.Failed, TaskCause.Failure).StepsAfter(3, 9, 5));
    }
}
