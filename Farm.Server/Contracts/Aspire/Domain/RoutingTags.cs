namespace Farm.Server.Contracts.Aspire.Domain;

/// <summary>Which batches a worker gets by the tags of both (Contracts/Aspire/Contract.md sections 2.2 and 5.1).</summary>
internal static class RoutingTags
{
    /// <summary>The tags in texts, each of which may name several with commas: blanks around a tag do not count, nor does naming it again.</summary>
    /// <returns>The tags in a fixed order.</returns>
    public static IReadOnlyList<string> Parse(IEnumerable<string?> texts) =>
    [
        .. texts.SelectMany(text => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Whether a batch may go to a worker: one with tags to whoever names at least one of them, one without only to a worker that names none.
    /// </summary>
    public static bool Match(IReadOnlyCollection<string> batch, IReadOnlyCollection<string> worker) =>
        batch.Count == 0 ? worker.Count == 0 : batch.Any(tag => worker.Contains(tag, StringComparer.Ordinal));
}
