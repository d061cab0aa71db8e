using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Aspire.Messages;

/// <summary>A message for people.</summary>
internal sealed record MessageResponse(string Message);

/// <summary>The response for several ids, some of which failed.</summary>
internal sealed record PartialResponse(string Message, IReadOnlyList<IdError> Error);

/// <summary>The error for one id (Contracts/Aspire/Contract.md section 3.1).</summary>
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

    /// <summary>Available, as in the protocol's example.</summary>
    public string Status { get; init; } = "A";

    public required string Action { get; init; }

    public required long Timestamp { get; init; }

    public required bool ShouldScan { get; init; }

    public required bool ShouldProcess { get; init; }

    /// <summary>Always false: entries are pushed, not crawled.</summary>
    public bool IsCrawlRootItem { get; init; }

    /// <summary>Retries in earlier crawls; a seed has no earlier crawls.</summary>
    public int CrawlRetries { get; init; }

    public required int InCrawlRetries { get; init; }

    public required JsonElement Metadata { get; init; }
}

/// <summary>The response to creating a seed (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed record NewSeedResponse(NewSeedMessage Seed);

/// <inheritdoc cref="NewSeedResponse"/>
internal sealed record NewSeedMessage(string Id);

/// <summary>A seed (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed record SeedResponse(SeedMessage Seed);

/// <inheritdoc cref="SeedResponse"/>
internal sealed record SeedMessage(string Id, string Description, CrawlMessage Crawl, ItemsMessage Items);

/// <summary>The state of a seed.</summary>
internal sealed record CrawlMessage(string State);

/// <summary>Counts of a seed's entries.</summary>
internal sealed record ItemsMessage(long Available, long InProgress, long Completed, long Failed);

/// <summary>The response to a push (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed record PushResponse(IEnumerable<PushedMessage> Documents);

/// <inheritdoc cref="PushResponse"/>
internal sealed record PushedMessage(string Url, string PushQueueId);

/// <summary>JSON of this protocol: camelCase, <c>+</c> not escaped.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(PartialResponse))]
[JsonSerializable(typeof(BatchMessage))]
[JsonSerializable(typeof(NewSeedResponse))]
[JsonSerializable(typeof(SeedResponse))]
[JsonSerializable(typeof(PushResponse))]
internal sealed partial class AspireJson : JsonSerializerContext
{
    /// <summary>The context to write responses with.</summary>
    public static AspireJson Wire { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    });
}
