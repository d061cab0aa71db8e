using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Jobs that are seeds.</summary>
internal sealed class SeedKind : JobKind
{
    /// <inheritdoc/>
    public override string Name => Seeds.JobType;

    /// <inheritdoc/>
    public override bool RemovesJob(WriteTransaction tx, Job job)
    {
        if (BatchTable.RemoveOfJob(tx.Db, job.Id, tx.Slice)) return true;
        SeedTable.Remove(tx.Db, job.Id);
        return false;
    }
}
