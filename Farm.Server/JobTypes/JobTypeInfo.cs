using System.Security.Cryptography;
using System.Text;

namespace Farm.Server.JobTypes;

/// <summary>The description of a job type for clients (Contracts/Flamenco/Contract.md sections 7.1 and 7.2).</summary>
/// <param name="Name">The name used in submissions.</param>
/// <param name="Label">The display name.</param>
/// <param name="Description">May be null.</param>
/// <param name="Settings">In display order.</param>
internal sealed record JobTypeInfo(string Name, string Label, string? Description, IReadOnlyList<JobSetting> Settings)
{
    /// <summary>The source of the type, if it can change without any other property changing; else null.</summary>
    public string? Content { get; init; }

    /// <summary>
    /// The hash of the type's JSON (with an empty etag) and <see cref="Content"/>. It is stable across restarts, so clients may
    /// cache the type on disk.
    /// </summary>
    public string Etag => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(JobTypeJson.Write(this, etag: "").ToJsonString() + Content)));
}
