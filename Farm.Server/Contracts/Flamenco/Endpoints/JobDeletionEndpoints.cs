using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Jobs;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Deletes jobs (Contracts/Flamenco/Contract.md section 6.2).</summary>
internal sealed class JobDeletionEndpoints(JobControl control, IReadStore store, ShamanSettings shaman)
{
    /// <summary>deleteJob.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        await control.DeleteAsync(context.Caller(), context.Id("job"));
        await context.RespondNoContentAsync();
    }

    /// <summary>deleteJobWhatWouldItDo.</summary>
    public Task WhatWouldItDoAsync(HttpContext context)
    {
        var id = context.Id("job");
        var job = store.Read(db => JobView.Find(db, id)) ?? throw FarmException.NotFound("no such job");
        return context.RespondAsync(
            new JobDeletionInfo(shaman.Enabled && job.Storage is not null), FlamencoJson.Default.JobDeletionInfo);
    }

    /// <summary>deleteJobMass. The time is rounded up to a second, as clients see times only to the second.</summary>
    public async Task DeleteMassAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        if (await control.DeleteUpdatedUntilAsync(context.Caller(), body.Time("last_updated_max")) == 0)
            throw new FlamencoException(StatusCodes.Status416RangeNotSatisfiable, "no job was last changed at or before that time");
        await context.RespondNoContentAsync();
    }
}
