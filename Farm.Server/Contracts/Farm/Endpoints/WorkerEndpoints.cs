using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>What no other protocol can ask for workers (Contracts/Farm/Contract.md section 9).</summary>
internal sealed class WorkerEndpoints(WorkerApproval approval)
{
    /// <summary>Lets a worker get tasks.</summary>
    public async Task<IResult> ApproveAsync(HttpContext context, string worker)
    {
        await approval.ApproveAsync(context.Caller(), Guid.TryParse(worker, out var uuid) ? uuid : throw FarmException.NotFound("no such worker"));
        return Results.NoContent();
    }
}
