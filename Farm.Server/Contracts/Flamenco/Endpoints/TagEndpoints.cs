using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Domain;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Tags of workers (Contracts/Flamenco/Contract.md section 6.4).</summary>
internal sealed class TagEndpoints(WorkerTags tags, IReadStore store)
{
    /// <summary>fetchWorkerTags.</summary>
    public Task List(HttpContext context) => context.Answer(
        new WorkerTagListMessage([.. store.Read(TagView.All).Select(WorkerMapping.Message)]), FlamencoJson.Default.WorkerTagListMessage);

    /// <summary>createWorkerTag.</summary>
    public async Task Create(HttpContext context)
    {
        var body = await RequestBody.Read(context);
        var tag = await tags.Create(body.Name("name"), body.OptionalText("description") ?? "", body.OptionalUuid("id"));
        await context.Answer(WorkerMapping.Message(tag), FlamencoJson.Default.WorkerTagMessage);
    }

    /// <summary>fetchWorkerTag.</summary>
    public Task Fetch(HttpContext context)
    {
        var id = context.Id("tag");
        var tag = store.Read(db => TagView.Find(db, id)) ?? throw FarmException.NotFound("no such tag");
        return context.Answer(WorkerMapping.Message(tag), FlamencoJson.Default.WorkerTagMessage);
    }

    /// <summary>updateWorkerTag.</summary>
    public async Task Update(HttpContext context)
    {
        var body = await RequestBody.Read(context);
        await tags.Update(context.Id("tag"), body.Name("name"), body.OptionalText("description"));
        await context.AnswerNothing();
    }

    /// <summary>deleteWorkerTag.</summary>
    public async Task Delete(HttpContext context)
    {
        await tags.Remove(context.Id("tag"));
        await context.AnswerNothing();
    }

    /// <summary>setWorkerTags.</summary>
    public async Task SetOfWorker(HttpContext context)
    {
        var body = await RequestBody.Read(context);
        await tags.SetOfWorker(context.Id("worker"), body.Uuids("tag_ids"));
        await context.AnswerNothing();
    }
}
