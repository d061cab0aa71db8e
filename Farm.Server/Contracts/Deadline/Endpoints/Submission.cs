using System.Text.Json;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>
/// Reads submitted jobs (Contracts/Deadline/Contract.md section 9). What only people read is kept with the job; what would change where, when or how the
/// job runs and the farm cannot do is refused, since a job that runs otherwise than it says is worse than none.
/// </summary>
internal static class Submission
{
    private static readonly string[] NotBuilt =
    [
        "JobDependencies", "ScriptDependencies", "RequiredAssets", "PreJobScript", "PostJobScript", "PreTaskScript", "PostTaskScript",
        "Whitelist", "Blacklist", "Allowlist", "Denylist", "LimitGroups",
    ];

    /// <summary>A submitted job.</summary>
    /// <exception cref="DeadlineException">It is malformed (400), or asks for what is not built (501).</exception>
    public static NewJob Read(RequestBody body, IReadOnlyList<WorkerTag> tags)
    {
        if (body.Value("Jobs") is not null) throw DeadlineException.NotBuilt("Submitting several jobs at once is not implemented.");
        if (body.Value("AuxFiles") is { ValueKind: JsonValueKind.Array } files && files.GetArrayLength() > 0)
            throw DeadlineException.NotBuilt("AuxFiles are not implemented: name files by paths that all workers see.");
        var info = new JobInfo(body, "JobInfo");
        if (!info.Keys.Any()) throw DeadlineException.Malformed("No JobInfo provided.");
        RefuseWhatIsNotBuilt(info);
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

    private static void RefuseWhatIsNotBuilt(JobInfo info)
    {
        var asked = NotBuilt.FirstOrDefault(key => info[key].Length > 0)
            ?? info.Keys.FirstOrDefault(key => key.StartsWith("EnvironmentKeyValue", StringComparison.OrdinalIgnoreCase))
            ?? (info["ScheduledType"].ToLowerInvariant() is "" or JobInfo.None ? null : "ScheduledType")
            ?? (info["MachineLimit"] is "" or "0" ? null : "MachineLimit");
        if (asked is not null) throw DeadlineException.NotBuilt($"{asked} is not implemented.");
    }

    /// <summary>Pools and groups are both views of the farm's tags, of which a job can ask for one.</summary>
    private static Guid? Tag(JobInfo info, IReadOnlyList<WorkerTag> tags)
    {
        var names = new[] { info["Pool"], info["Group"] }.Where(name => name.Length > 0 && !IsNone(name)).Distinct().ToList();
        if (names.Count > 1) throw DeadlineException.NotBuilt("Asking for a pool and another group at once is not implemented.");
        if (names.Count == 0) return null;
        return tags.FirstOrDefault(tag => tag.Name.Equals(names[0], StringComparison.OrdinalIgnoreCase))?.Uuid
            ?? throw DeadlineException.Malformed($"There is no pool or group {DeadlineException.Echo(names[0])}.");
    }

    private static bool IsNone(string name) => name.Equals(JobInfo.None, StringComparison.OrdinalIgnoreCase);
}
