using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Releases workers and seeds (Contracts/Aspire/Contract.md sections 5.3 and 5.4), and registers the URLs of workers.</summary>
internal sealed class ReleaseEndpoints(BatchReleases releases, ReleaseForwarder forwarder)
{
    /// <summary>Releases batches that workers have not acknowledged.</summary>
    public async Task WorkersAsync(HttpContext context, IdList list)
    {
        var released = new List<int?>();
        var caller = context.Caller();
        foreach (var id in list.Ids) released.Add(await releases.ReleaseWorkerAsync(caller, id));
        await RespondAsync(context, "workers", list.Ids, released);
    }

    /// <summary>Releases batches of seeds that were not acknowledged.</summary>
    public async Task SeedsAsync(HttpContext context, IdList list) =>
        await RespondAsync(context, "seeds", list.Ids, await releases.ReleaseSeedsAsync(context.Caller(), list.Ids));

    /// <summary>Registers the URL at which a worker is notified of released seeds; 404 when forwarding is disabled.</summary>
    public async Task RegisterAsync(HttpContext context)
    {
        if (!forwarder.IsEnabled) throw AspireException.NotFound("release forwarding is disabled; set forward_releases to enable it");
        var body = await RequestBody.ReadObjectAsync(context);
        var name = FetchParameters.Worker(context, body.RequiredText("id"));
        await forwarder.RegisterUrlAsync(context.Caller(), name, body.RequiredText("address"), ClientAddress.Of(context));
        await context.RespondMessageAsync("the worker will be notified of released seeds");
    }

    private static Task RespondAsync(HttpContext context, string things, IReadOnlyList<string> ids, List<int?> released)
    {
        var unknown = ids.Where((_, i) => released[i] is null).ToList();
        return context.RespondIdsAsync(things, ids, unknown, $"{Responses.Count(released.Sum() ?? 0, "batch", "batches")} released");
    }
}
