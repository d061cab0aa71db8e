using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Deadline.Messages;

/// <summary>A job (Contracts/Deadline/Contract.md section 9).</summary>
internal sealed record JobMessage
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    public required JobProperties Props { get; init; }

    public required int Stat { get; init; }

    public required string Plug { get; init; }

    public required string Mach { get; init; }

    public required string Date { get; init; }

    public required string DateStart { get; init; }

    public required string DateComp { get; init; }

    public required long CompletedChunks { get; init; }

    public required long QueuedChunks { get; init; }

    public required long SuspendedChunks { get; init; }

    public required long RenderingChunks { get; init; }

    public required long FailedChunks { get; init; }

    public required long PendingChunks { get; init; }

    public required string SnglTskPrg { get; init; }

    public required long Errs { get; init; }

    public required IReadOnlyList<string> OutDir { get; init; }

    public required IReadOnlyList<string> OutFile { get; init; }

    public IReadOnlyList<string> Aux { get; init; } = [];
}

/// <summary>The submitted properties of a job.</summary>
internal sealed record JobProperties
{
    public required string Name { get; init; }

    public required string Batch { get; init; }

    public required string User { get; init; }

    public required string Cmmt { get; init; }

    public required string Dept { get; init; }

    public required string Frames { get; init; }

    public required int Chunk { get; init; }

    public required long Tasks { get; init; }

    public required string Pool { get; init; }

    public string SecPool { get; init; } = "none";

    public required string Grp { get; init; }

    public required int Pri { get; init; }

    public IReadOnlyList<string> Dep { get; init; } = [];

    public required IReadOnlyDictionary<string, string> PlugInfo { get; init; }

    public required string Ex0 { get; init; }

    public required string Ex1 { get; init; }

    public required string Ex2 { get; init; }

    public required string Ex3 { get; init; }

    public required string Ex4 { get; init; }

    public required string Ex5 { get; init; }

    public required string Ex6 { get; init; }

    public required string Ex7 { get; init; }

    public required string Ex8 { get; init; }

    public required string Ex9 { get; init; }

    public required IReadOnlyDictionary<string, string> ExDic { get; init; }

    public IReadOnlyList<string> ListedSlaves { get; init; } = [];

    public bool White { get; init; }

    public int MachLmt { get; init; }
}

/// <summary>The response to a submission with <c>IdOnly</c>.</summary>
internal sealed record JobIdMessage([property: JsonPropertyName("_id")] string Id);
