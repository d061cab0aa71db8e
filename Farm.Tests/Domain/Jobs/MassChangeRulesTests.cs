using Farm.Server.Domain.Jobs;

namespace Farm.Tests.Domain.Jobs;

/// <summary>contracts/flamenco.md section 4.2, "After a job changed to".</summary>
public sealed class MassChangeRulesTests
{
    [Theory]
    [InlineData(MassChange.Cancel, TaskStatus.Canceled, new[] { TaskStatus.Active, TaskStatus.Queued, TaskStatus.SoftFailed })]
    [InlineData(MassChange.Fail, TaskStatus.Canceled, new[] { TaskStatus.Active, TaskStatus.Queued, TaskStatus.SoftFailed })]
    [InlineData(MassChange.Pause, TaskStatus.Paused, new[] { TaskStatus.Queued, TaskStatus.SoftFailed })]
    [InlineData(
        MassChange.RequeueUnfinished, TaskStatus.Queued,
        new[] { TaskStatus.Canceled, TaskStatus.Failed, TaskStatus.Paused, TaskStatus.SoftFailed })]
    [InlineData(
        MassChange.RequeueAll, TaskStatus.Queued,
        new[] { TaskStatus.Canceled, TaskStatus.Failed, TaskStatus.Paused, TaskStatus.SoftFailed, TaskStatus.Completed, TaskStatus.Active, TaskStatus.Pended })]
    [InlineData(MassChange.Construct, TaskStatus.Queued, new TaskStatus[0])]
    [InlineData(MassChange.Delete, TaskStatus.Queued, new TaskStatus[0])]
    internal void A_change_touches_these_tasks_and_no_others(MassChange change, TaskStatus become, TaskStatus[] touched)
    {
        foreach (var status in Enum.GetValues<TaskStatus>())
            Assert.Equal(touched.Contains(status) ? become : null, change.TaskBecomes(status));
    }
}
