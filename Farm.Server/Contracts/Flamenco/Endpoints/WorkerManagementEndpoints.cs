using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Worker management, for people (Contracts/Flamenco/Contract.md section 6.4).</summary>
internal sealed class WorkerManagementEndpoints(IReadStore store, WorkerPresence presence, WorkerRegistry registry)
{
    /// <summary>fetchWorkers.</summary>
    public Task ListAsync(HttpContext context) => context.RespondAsync(
        new WorkerListMessage([.. store.Read(WorkerView.All).Select(WorkerMapping.Message)]), FlamencoJson.Default.WorkerListMessage);

    /// <summary>fetchWorker.</summary>
    public Task FetchAsync(HttpContext context)
    {
        var id = context.Id("worker");
        var worker = store.Read(db => WorkerView.Find(db, id)) ?? throw FarmException.NotFound("no such worker");
        return context.RespondAsync(WorkerMapping.Message(worker), FlamencoJson.Default.WorkerMessage);
    }

    /// <summary>deleteWorker.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        await registry.RemoveAsync(context.Caller(), context.Id("worker"));
        await context.RespondNoContentAsync();
    }

    /// <summary>requestWorkerStatusChange.</summary>
    public async Task RequestStatusAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var request = new StatusRequest(body.Enum<WorkerStatus>("status", WorkerStatusNames.TryParse), body.Flag("is_lazy"));
        await presence.RequestAsync(context.Caller(), context.Id("worker"), request);
        await context.RespondNoContentAsync();
    }
}
