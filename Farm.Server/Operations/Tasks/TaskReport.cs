using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Farm.Server.Operations.Tasks;

/// <summary>What a worker reports of a task; null means unchanged (Contracts/Flamenco/Contract.md section 3.7).</summary>
/// <param name="Status">The status that the worker says the task has.</param>
/// <param name="Activity">What people read beside the task.</param>
/// <param name="Log">Text for the end of the task's log.</param>
/// <param name="StepsCompleted">Steps done.</param>
internal sealed record TaskReport(TaskStatus? Status, string? Activity, string? Log, int? StepsCompleted)
{
    /// <summary>A digest by which a repeat of the very same report is known.</summary>
    public byte[] Digest() =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Status} {StepsCompleted} {Quoted(Activity)} {Quoted(Log)}"));

    private static string Quoted(string? text) => text is null ? "-" : JsonEncodedText.Encode(text).ToString() + "\"";
}

/// <summary>What became of a report.</summary>
internal enum ReportVerdict
{
    /// <summary>It was stored.</summary>
    Accepted,

    /// <summary>It is a repeat of the report that ended the attempt; nothing changed, and the worker need not know.</summary>
    Repeated,

    /// <summary>The worker does not hold the task; at most the log text was kept with the attempt that it once had.</summary>
    NotCurrent,
}
