using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Domain.Jobs;

namespace Farm.Tests.Contracts.Aspire.Domain;

/// <summary>Contracts/Aspire/Contract.md sections 5.5 and 6.</summary>
public sealed class EntryRulesTests
{
    [Theory]
    [InlineData(1, 3, false, TaskStatus.SoftFailed)]
    [InlineData(2, 3, false, TaskStatus.SoftFailed)]
    [InlineData(3, 3, false, TaskStatus.Failed)]
    [InlineData(4, 3, false, TaskStatus.Failed)]
    [InlineData(1, 1, false, TaskStatus.Failed)]
    [InlineData(2, 3, true, TaskStatus.Queued)]
    [InlineData(3, 3, true, TaskStatus.Failed)]
    internal void An_entry_is_retried_until_the_retry_limit(long retries, int limit, bool lost, TaskStatus expected) =>
        Assert.Equal(expected, EntryRules.AfterFailure(retries, limit, JobStatus.Active, lost));

    [Theory]
    [InlineData(JobStatus.Paused, true)]
    [InlineData(JobStatus.Paused, false)]
    [InlineData(JobStatus.PauseRequested, false)]
    internal void An_entry_requeued_to_a_paused_seed_is_paused(JobStatus job, bool lost) =>
        Assert.Equal(TaskStatus.Paused, EntryRules.AfterFailure(1, 3, job, lost));
}
