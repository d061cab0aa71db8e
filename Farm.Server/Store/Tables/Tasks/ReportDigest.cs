using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>The digest that is stored of the report that ended an attempt, by which a repeat of the very same report is known.</summary>
internal static class ReportDigest
{
    /// <summary>The digest of what a worker said; null means unchanged.</summary>
    public static byte[] Of(TaskStatus? status, string? activity, string? log, int? stepsCompleted) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{status} {stepsCompleted} {Quoted(activity)} {Quoted(log)}"));

    private static string Quoted(string? text) => text is null ? "-" : JsonEncodedText.Encode(text).ToString() + "\"";
}
