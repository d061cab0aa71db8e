namespace Farm.Server.Contracts.Aspire.Domain;

/// <summary>Routing tags, which decide what batches a worker gets (Contracts/Aspire/Contract.md sections 2.2 and 5.1).</summary>
internal static class RoutingTags
{
    /// <summary>Parses comma-separated tags, trimmed and without duplicates.</summary>
    /// <returns>The tags, sorted.</returns>
    public static IReadOnlyList<string> Parse(IEnumerable<string?> texts) =>
    [
        .. texts.SelectMany(text => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];
}
