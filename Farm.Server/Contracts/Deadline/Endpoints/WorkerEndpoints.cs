using Farm.Server.Contracts.Deadline.Messages;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Workers (the protocol's slaves) and worker tags (its pools and its groups); see Contracts/Deadline/Contract.md section 9.</summary>
internal sealed class WorkerEndpoints(IReadStore store)
{
    /// <summary>Lists pool names, or the names of the workers in given pools.</summary>
    public Task PoolsAsync(HttpContext context) => TagsAsync(context, "Pool");

    /// <summary>Lists group names, or the names of the workers in given groups.</summary>
    public Task GroupsAsync(HttpContext context) => TagsAsync(context, "Group");

    /// <summary>Lists workers: names only, info, or info and settings.</summary>
    public Task SlavesAsync(HttpContext context)
    {
        var wanted = (context.Query("Name") ?? context.Query("Names")) is { Length: > 0 } names ? JobEndpoints.Names(names) : null;
        var found = store.Read(WorkerView.AllRows).Where(worker => wanted is null || wanted.Contains(worker.Worker.Name, StringComparer.OrdinalIgnoreCase));
        if (context.IsOn("NamesOnly")) return context.RespondAsync(found.Select(worker => worker.Worker.Name), DeadlineJson.Wire.IEnumerableString);
        return context.Query("Data")?.ToLowerInvariant() switch
        {
            "info" => context.RespondAsync(found.Select(Info), DeadlineJson.Wire.IEnumerableSlaveInfo),
            null or "" or "infosettings" => context.RespondAsync(
                found.Select(worker => new SlaveInfoSettings(Info(worker), Settings(worker))), DeadlineJson.Wire.IEnumerableSlaveInfoSettings),
            var data => throw DeadlineException.NotImplemented($"Data={DeadlineException.Echo(data)} is not implemented; use info or infosettings."),
        };
    }

    private Task TagsAsync(HttpContext context, string key)
    {
        IEnumerable<string> answer = [JobInfo.None, .. store.Read(TagView.All).Select(tag => tag.Name)];
        if (context.Query(key) is { Length: > 0 } names)
        {
            var wanted = JobEndpoints.Names(names);
            // Every worker takes tasks without a pool or group.
            var everyone = wanted.Contains(JobInfo.None, StringComparer.OrdinalIgnoreCase);
            answer = store.Read(WorkerView.AllRows)
                .Where(worker => everyone || worker.Tags.Any(tag => wanted.Contains(tag.Name, StringComparer.OrdinalIgnoreCase)))
                .Select(worker => worker.Worker.Name);
        }

        return context.RespondAsync(answer, DeadlineJson.Wire.IEnumerableString);
    }

    private static SlaveInfo Info(WorkerRow details)
    {
        var (worker, tags) = (details.Worker, string.Join(',', details.Tags.Select(tag => tag.Name)));
        var task = details.CurrentTask;
        return new SlaveInfo
        {
            Name = worker.Name,
            Host = worker.Name,
            Stat = Stat(worker, task is not null),
            IP = worker.Address,
            JobId = task is null ? "" : Mapping.Id(task.JobUuid),
            JobName = task?.JobName ?? "",
            Pools = tags,
            Grps = tags,
            OS = worker.Platform,
            StatDate = Mapping.Time(worker.LastSeenAt),
        };
    }

    private static SlaveSettings Settings(WorkerRow details)
    {
        string[] tags = [.. details.Tags.Select(tag => tag.Name)];
        return new SlaveSettings(details.Worker.Name, details.Worker.Status != WorkerStatus.Asleep, tags, tags);
    }

    private static int Stat(FarmWorker worker, bool isRendering) => worker.Status switch
    {
        _ when isRendering => 1,
        WorkerStatus.Offline => 3,
        WorkerStatus.Error => 4,
        _ => 2,
    };
}
