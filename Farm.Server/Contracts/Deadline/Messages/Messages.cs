using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Deadline.Messages;

/// <summary>A task, with the fields in the protocol's order (Contracts/Deadline/Contract.md section 5).</summary>
internal sealed record TaskMessage
{
    public required string JobID { get; init; }

    public required int TaskID { get; init; }

    public required string Frames { get; init; }

    public required string Slave { get; init; }

    public required int Stat { get; init; }

    public required string Prog { get; init; }

    public required string RndStat { get; init; }

    public required int Errs { get; init; }

    public required string Start { get; init; }

    public required string StartRen { get; init; }

    public required string Comp { get; init; }

    public bool WtgStrt { get; init; }

    /// <summary>A decimal, so that it is written as 1.0.</summary>
    public decimal NormMult { get; init; } = 1.0m;

    public int Size { get; init; }

    public int RamPeak { get; init; }

    public int RamPeakPer { get; init; }

    public int Cpu { get; init; }

    public int CpuPer { get; init; }

    public int RamAvg { get; init; }

    public int RamAvgPer { get; init; }

    public int SwapAvg { get; init; }

    public int SwapPeak { get; init; }

    public int UsedClock { get; init; }

    public int TotalClock { get; init; }

    public ExtraProperties Props { get; init; } = new();

    public string? ConcurrencyToken { get; init; }

    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    public string? ExtraElements { get; init; }
}

/// <summary>Extra fields of a task; the farm leaves them empty.</summary>
internal sealed record ExtraProperties
{
    public string Ex0 { get; init; } = "";

    public string Ex1 { get; init; } = "";

    public string Ex2 { get; init; } = "";

    public string Ex3 { get; init; } = "";

    public string Ex4 { get; init; } = "";

    public string Ex5 { get; init; } = "";

    public string Ex6 { get; init; } = "";

    public string Ex7 { get; init; } = "";

    public string Ex8 { get; init; } = "";

    public string Ex9 { get; init; } = "";

    public IReadOnlyDictionary<string, string> ExDic { get; init; } = new Dictionary<string, string>();
}

/// <summary>JSON of this protocol: names as in the code, <c>+</c> not escaped.</summary>
[JsonSerializable(typeof(TaskMessage))]
[JsonSerializable(typeof(JobMessage))]
[JsonSerializable(typeof(JobIdMessage))]
[JsonSerializable(typeof(SlaveInfo))]
[JsonSerializable(typeof(SlaveInfoSettings))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(IEnumerable<string>))]
[JsonSerializable(typeof(IEnumerable<SlaveInfo>))]
[JsonSerializable(typeof(IEnumerable<SlaveInfoSettings>))]
internal sealed partial class DeadlineJson : JsonSerializerContext
{
    /// <summary>The context to write responses with.</summary>
    public static DeadlineJson Wire { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
