using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Aspire.Messages;

/// <summary>An answer for people.</summary>
internal sealed record MessageAnswer(string Message);

/// <summary>An answer about several ids, some of which failed.</summary>
internal sealed record PartialAnswer(string Message, IReadOnlyList<IdError> Error);

/// <summary>What failed about one id (Contracts/Aspire/Contract.md section 3.1).</summary>
internal sealed record IdError(string Id, int Status, string Message);

/// <summary>A batch (Contracts/Aspire/Contract.md section 3.2).</summary>
internal sealed record BatchMessage(string Id, string Type, string Seed, string Connector, IReadOnlyList<EntryMessage> Entry);

/// <summary>An entry of a batch (Contracts/Aspire/Contract.md section 3.2).</summary>
internal sealed record EntryMessage
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    public required string Url { get; init; }

    public required string Type { get; init; }

    /// <summary>Available, as in the protocol's example: what is handed out was.</summary>
    public string Status { get; init; } = "A";

    public required string Action { get; init; }

    public required long Timestamp { get; init; }

    public required bool ShouldScan { get; init; }

    public required bool ShouldProcess { get; init; }

    /// <summary>Entries come by push, not by a crawl, so none is the root of one.</summary>
    public bool IsCrawlRootItem { get; init; }

    /// <summary>Tries in earlier crawls, of which a seed has none.</summary>
    public int CrawlRetries { get; init; }

    public required int InCrawlRetries { get; init; }

    public required JsonElement Metadata { get; init; }
}

/// <summary>A seed that was made (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed record NewSeedAnswer(NewSeedMessage Seed);

/// <inheritdoc cref="NewSeedAnswer"/>
internal sealed record NewSeedMessage(string Id);

/// <summary>A seed as it is (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed record SeedAnswer(SeedMessage Seed);

/// <inheritdoc cref="SeedAnswer"/>
internal sealed record SeedMessage(string Id, string Description, CrawlMessage Crawl, ItemsMessage Items);

/// <summary>What a seed is at.</summary>
internal sealed record CrawlMessage(string State);

/// <summary>How many entries of a seed are at what.</summary>
internal sealed record ItemsMessage(long Available, long InProgress, long Completed, long Failed);

/// <summary>Entries that were pushed (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed record PushAnswer(IEnumerable<PushedMessage> Documents);

/// <inheritdoc cref="PushAnswer"/>
internal sealed record PushedMessage(string Url, string PushQueueId);

/// <summary>The wire form of this contract: camelCase, and a plus in an id as a plus.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(PartialAnswer))]
[JsonSerializable(typeof(BatchMessage))]
[JsonSerializable(typeof(NewSeedAnswer))]
[JsonSerializable(typeof(SeedAnswer))]
[JsonSerializable(typeof(PushAnswer))]
internal sealed partial class AspireJson : JsonSerializerContext
{
    /// <summary>The context that answers are written with.</summary>
    public static AspireJson Wire { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    });
}
