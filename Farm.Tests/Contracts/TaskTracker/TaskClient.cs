using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>What tests say to a farm about tasks.</summary>
internal static class TaskClient
{
    /// <summary>A public project and a worker that may submit to it.</summary>
    public static async Task<(long Project, Caller Worker, Caller Owner)> PublicProject(this TestFarm farm, string more = "", string name = "crawl")
    {
        var owner = await farm.Person($"owner of {name}", administrator: true);
        var project = await farm.Project(owner, name, "\"public\":true" + (more.Length > 0 ? "," + more : ""));
        var worker = await farm.TrackerWorker($"worker of {name}");
        await farm.Grant(owner, project, worker, "\"submit\":true");
        return (project, worker, owner);
    }

    /// <summary>Submits a task.</summary>
    /// <param name="more">More fields, such as <c>"priority":2</c>.</param>
    public static Task<TrackerAnswer> Submit(this TestFarm farm, Caller by, long project, string recipe = "do it", string more = "") =>
        farm.Call("POST", "/task/submit", $$"""{"project":{{project}},"recipe":"{{recipe}}"{{(more.Length > 0 ? "," : "")}}{{more}}}""", by);

    /// <summary>Submits tasks, each written as JSON.</summary>
    public static Task<TrackerAnswer> Bulk(this TestFarm farm, Caller by, params string[] requests) =>
        farm.Call("POST", "/task/bulk_submit", $$"""{"requests":[{{string.Join(',', requests)}}]}""", by);

    /// <summary>Asks for a task.</summary>
    public static Task<TrackerAnswer> Ask(this TestFarm farm, Caller by, long project) => farm.Call("GET", $"/task/get/{project}", by: by);

    /// <summary>Takes a task, which must be there.</summary>
    public static async Task<JsonObject> Take(this TestFarm farm, Caller by, long project) =>
        (await farm.Ask(by, project)).Good().Content["task"]!.AsObject();

    /// <summary>There must be no task.</summary>
    public static async Task NoTask(this TestFarm farm, Caller by, long project) =>
        Assert.Equal("No task available", (await farm.Ask(by, project)).Refused(200).Message);

    /// <summary>Gives a task back.</summary>
    public static Task<TrackerAnswer> Release(this TestFarm farm, Caller by, long task, int result = 0, long verification = 0) =>
        farm.Call("POST", "/task/release", $$"""{"task_id":{{task}},"result":{{result}},"verification":{{verification}}}""", by);

    /// <summary>Gives a task back; answers whether that changed it.</summary>
    public static async Task<bool> Updated(this TestFarm farm, Caller by, JsonObject task, int result = 0, long verification = 0)
    {
        var answer = (await farm.Release(by, (long)task["id"]!, result, verification)).Good();
        var updated = (bool)answer.Content["updated"]!;
        Assert.Equal(updated, answer.Message is null);
        return updated;
    }
}
