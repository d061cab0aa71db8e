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
}
