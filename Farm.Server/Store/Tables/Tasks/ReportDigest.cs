using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>The stored digest of the report that ended an attempt, by which a repeat of that report is recognized.</summary>
internal static class ReportDigest
{
    /// <summary>The digest of a report; null means unchanged.</summary>
    public static byte[] Of(TaskStatus? status, string? activity, string? log, int? stepsCompleted) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{status} {stepsCompleted} {Quoted(activity)} {Quoted(log)}"));

    private static string Quoted(string? text) => text is null ? "-" : JsonEncodedText.Encode(text).ToString() + "\"";
}
