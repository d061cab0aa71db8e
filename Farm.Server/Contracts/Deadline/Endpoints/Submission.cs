using System.Text.Json;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>
/// Reads submitted jobs (Contracts/Deadline/Contract.md section 9). Informational keys are kept as metadata. Unsupported keys that would change where,
/// when or how the job runs are rejected: running a job differently than requested is worse than not running it.
/// </summary>
internal static class Submission
{
    private static readonly string[] NotImplemented =
    [
        "JobDependencies", "ScriptDependencies", "RequiredAssets", "PreJobScript", "PostJobScript", "PreTaskScript", "PostTaskScript",
        "Whitelist", "Blacklist", "Allowlist", "Denylist", "LimitGroups",
    ];

    /// <summary>A submitted job.</summary>
    /// <exception cref="DeadlineException">It is malformed (400), or uses something that is not implemented (501).</exception>
    public static NewJob Read(RequestBody body, IReadOnlyList<WorkerTag> tags)
    {
        if (body.Value("Jobs") is not null) throw DeadlineException.NotImplemented("Submitting several jobs at once is not implemented.");
        if (body.Value("AuxFiles") is { ValueKind: JsonValueKind.Array } files && files.GetArrayLength() > 0)
            throw DeadlineException.NotImplemented("AuxFiles are not implemented; use paths that all workers can reach.");
        var info = new JobInfo(body, "JobInfo");
        if (!info.Keys.Any()) throw DeadlineException.Malformed("No JobInfo provided.");
        RejectUnsupported(info);
        var (type, settings) = Plugins.Translate(info, new JobInfo(body, "PluginInfo"));
        return new NewJob(info["Name"] is { Length: > 0 } name ? name : "Untitled", type)
        {
            Priority = info.Integer("Priority", 50, 0, 100),
            Settings = new JobSettings(settings),
            Metadata = info.Metadata(),
            WorkerTag = Tag(info, tags),
            InitialStatus = info["InitialStatus"].ToLowerInvariant() switch
            {
                "" or "active" => JobStatus.Queued,
                "suspended" => JobStatus.Paused,
                _ => throw DeadlineException.Malformed("InitialStatus must be Active or Suspended."),
            },
        };
    }

    private static void RejectUnsupported(JobInfo info)
    {
        var unsupported = NotImplemented.FirstOrDefault(key => info[key].Length > 0)
            ?? info.Keys.FirstOrDefault(key => key.StartsWith("EnvironmentKeyValue", StringComparison.OrdinalIgnoreCase))
            ?? (info["ScheduledType"].ToLowerInvariant() is "" or JobInfo.None ? null : "ScheduledType")
            ?? (info["MachineLimit"] is "" or "0" ? null : "MachineLimit");
        if (unsupported is not null) throw DeadlineException.NotImplemented($"{unsupported} is not implemented.");
    }

    /// <summary>Pools and groups are both worker tags of the farm; a job can require one tag.</summary>
    private static Guid? Tag(JobInfo info, IReadOnlyList<WorkerTag> tags)
    {
        var names = new[] { info["Pool"], info["Group"] }.Where(name => name.Length > 0 && !IsNone(name)).Distinct().ToList();
        if (names.Count > 1) throw DeadlineException.NotImplemented("A pool together with a different group is not implemented.");
        if (names.Count == 0) return null;
        return tags.FirstOrDefault(tag => tag.Name.Equals(names[0], StringComparison.OrdinalIgnoreCase))?.Uuid
            ?? throw DeadlineException.Malformed($"Unknown pool or group {DeadlineException.Echo(names[0])}.");
    }

    private static bool IsNone(string name) => name.Equals(JobInfo.None, StringComparison.OrdinalIgnoreCase);
}
