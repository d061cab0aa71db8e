using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Tags of workers (Contracts/Flamenco/Contract.md section 6.4).</summary>
internal sealed class TagEndpoints(WorkerTags tags, IReadStore store)
{
    /// <summary>fetchWorkerTags.</summary>
    public Task ListAsync(HttpContext context) => context.RespondAsync(
        new WorkerTagListMessage([.. store.Read(TagView.All).Select(WorkerMapping.Message)]), FlamencoJson.Default.WorkerTagListMessage);

    /// <summary>createWorkerTag.</summary>
    public async Task CreateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var tag = await tags.CreateAsync(context.Caller(), body.Name("name"), body.OptionalText("description") ?? "", body.OptionalUuid("id"));
        await context.RespondAsync(WorkerMapping.Message(tag), FlamencoJson.Default.WorkerTagMessage);
    }

    /// <summary>fetchWorkerTag.</summary>
    public Task FetchAsync(HttpContext context)
    {
        var id = context.Id("tag");
        var tag = store.Read(db => TagView.Find(db, id)) ?? throw FarmException.NotFound("no such tag");
        return context.RespondAsync(WorkerMapping.Message(tag), FlamencoJson.Default.WorkerTagMessage);
    }

    /// <summary>updateWorkerTag.</summary>
    public async Task UpdateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        await tags.UpdateAsync(context.Caller(), context.Id("tag"), body.Name("name"), body.OptionalText("description"));
        await context.RespondNoContentAsync();
    }

    /// <summary>deleteWorkerTag.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        await tags.RemoveAsync(context.Caller(), context.Id("tag"));
        await context.RespondNoContentAsync();
    }

    /// <summary>setWorkerTags.</summary>
    public async Task SetOfWorkerAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        await tags.SetOfWorkerAsync(context.Caller(), context.Id("worker"), body.Uuids("tag_ids"));
        await context.RespondNoContentAsync();
    }
}
