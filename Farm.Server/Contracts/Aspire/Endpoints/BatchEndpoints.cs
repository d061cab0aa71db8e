using Farm.Server.Contracts.Aspire.Operations;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Batches are fetched, acknowledged, completed and failed (Contracts/Aspire/Contract.md sections 5.1, 5.2 and 6).</summary>
internal sealed class BatchEndpoints(BatchFetch batches, BatchControl control)
{
    /// <summary>Hands out batches.</summary>
    public async Task FetchAsync(HttpContext context)
    {
        var (request, asList) = await FetchParameters.ReadAsync(context);
        var sent = await batches.FetchAsync(request);
        await context.AnswerBatchesAsync(sent.ConvertAll(Mapping.Message), asList);
    }

    /// <summary>The worker takes responsibility.</summary>
    public async Task AcknowledgeAsync(HttpContext context, IdList list) =>
        await AnswerAsync(context, list.Ids, await control.AcknowledgeAsync(list.Ids), "acknowledged", "");

    /// <summary>The worker did the entries.</summary>
    public async Task CompleteAsync(HttpContext context, IdList list) =>
        await AnswerAsync(context, list.Ids, await control.CompleteAsync(list.Ids), "completed", "failed");

    /// <summary>The worker failed the entries.</summary>
    public async Task FailAsync(HttpContext context, IdList list) =>
        await AnswerAsync(context, list.Ids, await control.FailAsync(list.WithMessages), "failed", "completed");

    private static Task AnswerAsync(HttpContext context, IReadOnlyList<string> ids, List<BatchVerdict> verdicts, string done, string other)
    {
        var unknown = ids.Where((_, i) => verdicts[i] == BatchVerdict.Unknown).ToList();
        var said = new List<string>();
        Say(BatchVerdict.Done, done);
        Say(BatchVerdict.Repeated, $"{done} before, nothing changed");
        Say(BatchVerdict.OtherOutcome, $"{other} before, which stays so");
        return context.AnswerIdsAsync("batches", ids, unknown, string.Join("; ", said));

        void Say(BatchVerdict verdict, string what)
        {
            if (verdicts.Count(other => other == verdict) is > 0 and var count) said.Add($"{Answers.Count(count, "batch", "batches")} {what}");
        }
    }
}
