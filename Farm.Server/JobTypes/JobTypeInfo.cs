using System.Security.Cryptography;
using System.Text;

namespace Farm.Server.JobTypes;

/// <summary>What clients are told about a job type (Contracts/Flamenco/Contract.md sections 7.1 and 7.2).</summary>
/// <param name="Name">How submissions name it.</param>
/// <param name="Label">How people see it.</param>
/// <param name="Description">What it is for; null if there is nothing to say.</param>
/// <param name="Settings">In the order in which clients show them.</param>
internal sealed record JobTypeInfo(string Name, string Label, string? Description, IReadOnlyList<JobSetting> Settings)
{
    /// <summary>What the type is made of, where that can change without what clients are told; null where it cannot.</summary>
    public string? Content { get; init; }

    /// <summary>
    /// Changes with everything above and with nothing else: the hash of the type's JSON with an empty etag. So it stays
    /// the same over restarts, and clients may keep the type on disk.
    /// </summary>
    public string Etag => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(JobTypeJson.Write(this, etag: "").ToJsonString() + Content)));
}
