using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.Deadline.Domain;
using Farm.Server.Contracts.Deadline.Endpoints;
using Farm.Server.Contracts.Deadline.Messages;
using Farm.Server.JobTypes.BuiltIn;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Views.Jobs;

namespace Farm.Server.Contracts.Deadline;

/// <summary>Maps jobs to messages of this protocol (Contracts/Deadline/Contract.md section 9).</summary>
internal static class JobMapping
{
    private static readonly Dictionary<string, string> PluginKeys = new()
    {
        ["blendfile"] = "SceneFile",
        ["render_output_path"] = "OutputFile",
        ["executable"] = "Executable",
        ["arguments"] = "Arguments",
    };

    /// <summary>A job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="totals">Totals of its tasks.</param>
    /// <param name="tag">The worker tag that the job requires; null for none.</param>
    public static JobMessage Message(JobDetails job, JobTotals totals, string? tag)
    {
        var status = DeadlineJobStatusRules.Of(job.Status, job.Tasks);
        var info = JobMetadata.Read(job.Metadata);
        var settings = JsonNode.Parse(job.Settings)!.AsObject();
        var isComplete = status == DeadlineJobStatus.Completed;
        return new JobMessage
        {
            Id = Mapping.Id(job.Uuid),
            Props = Properties(job, tag, info, settings),
            Stat = Stat(status),
            Plug = Plugin(job.Type),
            Mach = info.GetValueOrDefault(JobInfo.MetadataPrefix + "MachineName", ""),
            Date = Mapping.Time(job.CreatedAt),
            DateStart = Mapping.Time(totals.StartedAt),
            DateComp = Mapping.Time(isComplete ? totals.CompletedAt : null),
            CompletedChunks = job.Tasks.Completed,
            QueuedChunks = job.Tasks.Queued + job.Tasks.SoftFailed,
            SuspendedChunks = job.Tasks.Paused + job.Tasks.Canceled,
            RenderingChunks = job.Tasks.Active,
            FailedChunks = job.Tasks.Failed,
            PendingChunks = job.Tasks.Pended,
            SnglTskPrg = $"{(job.StepsTotal > 0 ? job.StepsCompleted * 100 / job.StepsTotal : 0)} %",
            Errs = totals.Errors,
            OutDir = Numbered(info, "OutputDirectory"),
            OutFile = Numbered(info, "OutputFilename"),
        };
    }

    /// <summary>The protocol's number for a job status.</summary>
    public static int Stat(DeadlineJobStatus status) => status switch
    {
        DeadlineJobStatus.Active => 1,
        DeadlineJobStatus.Suspended => 2,
        DeadlineJobStatus.Completed => 3,
        DeadlineJobStatus.Failed => 4,
        DeadlineJobStatus.Pending => 6,
        _ => 0,
    };

    private static JobProperties Properties(JobDetails job, string? tag, Dictionary<string, string> info, JsonObject settings)
    {
        string Kept(string key) => info.GetValueOrDefault(JobInfo.MetadataPrefix + key, "");
        var isGroup = Kept("Group") is not ("" or JobInfo.None);
        return new JobProperties
        {
            Name = job.Name,
            Batch = Kept("BatchName"),
            User = info.GetValueOrDefault(JobInfo.UserNameKey, ""),
            Cmmt = Kept("Comment"),
            Dept = Kept("Department"),
            Frames = Text(settings["frames"]) ?? (job.Tasks.Total > 0 ? $"0-{job.Tasks.Total - 1}" : ""),
            Chunk = int.TryParse(Text(settings["chunk_size"]), out var size) ? size : 1,
            Tasks = job.Tasks.Total,
            Pool = isGroup ? JobInfo.None : tag ?? JobInfo.None,
            Grp = isGroup ? tag ?? JobInfo.None : JobInfo.None,
            Pri = job.Priority,
            PlugInfo = PluginInfo(settings),
            Ex0 = Kept("ExtraInfo0"),
            Ex1 = Kept("ExtraInfo1"),
            Ex2 = Kept("ExtraInfo2"),
            Ex3 = Kept("ExtraInfo3"),
            Ex4 = Kept("ExtraInfo4"),
            Ex5 = Kept("ExtraInfo5"),
            Ex6 = Kept("ExtraInfo6"),
            Ex7 = Kept("ExtraInfo7"),
            Ex8 = Kept("ExtraInfo8"),
            Ex9 = Kept("ExtraInfo9"),
            ExDic = Extras(info),
        };
    }

    private static string Plugin(string jobType) => jobType switch
    {
        Plugins.BlenderJobType => "Blender",
        CommandLineJob.Name => "CommandLine",
        _ => jobType,
    };

    /// <summary>The settings of the job, with Deadline's names for those of a plugin.</summary>
    private static Dictionary<string, string> PluginInfo(JsonObject settings)
    {
        var plugin = new Dictionary<string, string>();
        foreach (var (key, value) in settings)
        {
            if (key is not ("frames" or "chunk_size") && Text(value) is { } text) plugin[PluginKeys.GetValueOrDefault(key, key)] = text;
        }

        return plugin;
    }

    private static List<string> Numbered(Dictionary<string, string> info, string key)
    {
        var values = new List<string>();
        while (info.TryGetValue($"{JobInfo.MetadataPrefix}{key}{values.Count}", out var value)) values.Add(value);
        return values;
    }

    private static Dictionary<string, string> Extras(Dictionary<string, string> info)
    {
        var extras = new Dictionary<string, string>();
        foreach (var pair in Numbered(info, "ExtraInfoKeyValue").Select(text => text.Split('=', 2)))
            extras[pair[0]] = pair.Length > 1 ? pair[1] : "";
        return extras;
    }

    private static string? Text(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => null,
    };
}
