using Farm.Server.Domain.Jobs;

namespace Farm.Tests.Domain.Jobs;

/// <summary>Contracts/Flamenco/Contract.md section 4.2, "After a job changed to".</summary>
public sealed class BulkUpdateRulesTests
{
    [Theory]
    [InlineData(BulkUpdate.Cancel, TaskStatus.Canceled, new[] { TaskStatus.Active, TaskStatus.Queued, TaskStatus.SoftFailed })]
    [InlineData(BulkUpdate.Fail, TaskStatus.Canceled, new[] { TaskStatus.Active, TaskStatus.Queued, TaskStatus.SoftFailed })]
    [InlineData(BulkUpdate.Pause, TaskStatus.Paused, new[] { TaskStatus.Queued, TaskStatus.SoftFailed })]
    [InlineData(
        BulkUpdate.RequeueUnfinished, TaskStatus.Queued,
        new[] { TaskStatus.Canceled, TaskStatus.Failed, TaskStatus.Paused, TaskStatus.SoftFailed })]
    [InlineData(
        BulkUpdate.RequeueAll, TaskStatus.Queued,
        new[] { TaskStatus.Canceled, TaskStatus.Failed, TaskStatus.Paused, TaskStatus.SoftFailed, TaskStatus.Completed, TaskStatus.Active, TaskStatus.Pended })]
    [InlineData(BulkUpdate.Construct, TaskStatus.Queued, new TaskStatus[0])]
    [InlineData(BulkUpdate.Delete, TaskStatus.Queued, new TaskStatus[0])]
    internal void A_bulk_update_changes_only_these_task_statuses(BulkUpdate change, TaskStatus become, TaskStatus[] touched)
    {
        foreach (var status in Enum.GetValues<TaskStatus>())
            Assert.Equal(touched.Contains(status) ? become : null, change.TaskBecomes(status));
    }
}
