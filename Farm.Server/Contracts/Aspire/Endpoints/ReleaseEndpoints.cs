using Farm.Server.Contracts.Aspire.Operations;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Workers and seeds are released (Contracts/Aspire/Contract.md sections 5.3 and 5.4); workers say where they listen.</summary>
internal sealed class ReleaseEndpoints(BatchReleases releases, ReleaseForwarder forwarder)
{
    /// <summary>What workers have not acknowledged is available again.</summary>
    public async Task WorkersAsync(HttpContext context, IdList list)
    {
        var released = new List<int?>();
        foreach (var id in list.Ids) released.Add(await releases.ReleaseWorkerAsync(id));
        await AnswerAsync(context, "workers", list.Ids, released);
    }

    /// <summary>What is not acknowledged of seeds is available again.</summary>
    public async Task SeedsAsync(HttpContext context, IdList list) =>
        await AnswerAsync(context, "seeds", list.Ids, await releases.ReleaseSeedsAsync(list.Ids));

    /// <summary>A worker says where it listens for releases of seeds; only where those are forwarded.</summary>
    public async Task RegisterAsync(HttpContext context)
    {
        if (!forwarder.IsOn) throw AspireException.NotFound("releases are not forwarded to workers here, so their addresses are of no use");
        var body = await RequestBody.ReadObjectAsync(context);
        var name = FetchParameters.Worker(context, body.NeededText("id"));
        await forwarder.RememberAsync(name, body.NeededText("address"), Shared.ClientAddress.Of(context));
        await context.AnswerMessageAsync("the worker is told of releases");
    }

    private static Task AnswerAsync(HttpContext context, string things, IReadOnlyList<string> ids, List<int?> released)
    {
        var unknown = ids.Where((_, i) => released[i] is null).ToList();
        return context.AnswerIdsAsync(things, ids, unknown, $"{Answers.Count(released.Sum() ?? 0, "batch", "batches")} released");
    }
}
