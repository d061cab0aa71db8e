using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Workers fetch, acknowledge, complete and fail batches (Contracts/Aspire/Contract.md sections 5.1, 5.2 and 6).</summary>
internal sealed class BatchEndpoints(BatchFetch batches, BatchControl control)
{
    /// <summary>Hands out batches.</summary>
    public async Task FetchAsync(HttpContext context)
    {
        var (request, asList) = await FetchParameters.ReadAsync(context);
        var sent = await batches.FetchAsync(context.Caller(), request);
        await context.RespondBatchesAsync(sent.ConvertAll(Mapping.Message), asList);
    }

    /// <summary>Acknowledges batches.</summary>
    public async Task AcknowledgeAsync(HttpContext context, IdList list) =>
        await RespondAsync(context, list.Ids, await control.AcknowledgeAsync(list.Ids), "acknowledged", "");

    /// <summary>Completes batches.</summary>
    public async Task CompleteAsync(HttpContext context, IdList list) =>
        await RespondAsync(context, list.Ids, await control.CompleteAsync(list.Ids), "completed", "failed");

    /// <summary>Fails batches.</summary>
    public async Task FailAsync(HttpContext context, IdList list) =>
        await RespondAsync(context, list.Ids, await control.FailAsync(list.WithMessages), "failed", "completed");

    private static Task RespondAsync(HttpContext context, IReadOnlyList<string> ids, List<BatchVerdict> verdicts, string done, string other)
    {
        var unknown = ids.Where((_, i) => verdicts[i] == BatchVerdict.Unknown).ToList();
        var parts = new List<string>();
        Add(BatchVerdict.Done, done);
        Add(BatchVerdict.Repeated, $"already {done}, nothing changed");
        Add(BatchVerdict.OtherOutcome, $"already {other}, nothing changed");
        return context.RespondIdsAsync("batches", ids, unknown, string.Join("; ", parts));

        void Add(BatchVerdict verdict, string what)
        {
            if (verdicts.Count(other => other == verdict) is > 0 and var count) parts.Add($"{Responses.Count(count, "batch", "batches")} {what}");
        }
    }
}
