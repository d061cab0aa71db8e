using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>What tests say to a farm about tasks.</summary>
internal static class TaskClient
{
    /// <summary>A public project and a worker that may submit to it.</summary>
    public static async Task<(long Project, TrackerCaller Worker, TrackerCaller Owner)> PublicProjectAsync(this TestFarm farm, string more = "", string name = "crawl")
    {
        var owner = await farm.PersonAsync($"owner of {name}", administrator: true);
        var project = await farm.ProjectAsync(owner, name, "\"public\":true" + (more.Length > 0 ? "," + more : ""));
        var worker = await farm.TrackerWorkerAsync($"worker of {name}");
        await farm.GrantAsync(owner, project, worker, "\"submit\":true");
        return (project, worker, owner);
    }

    /// <summary>Submits a task.</summary>
    /// <param name="more">More fields, such as <c>"priority":2</c>.</param>
    public static Task<TrackerAnswer> SubmitAsync(this TestFarm farm, TrackerCaller by, long project, string recipe = "do it", string more = "") =>
        farm.CallAsync("POST", "/task/submit", $$"""{"project":{{project}},"recipe":"{{recipe}}"{{(more.Length > 0 ? "," : "")}}{{more}}}""", by);

    /// <summary>Submits tasks, each written as JSON.</summary>
    public static Task<TrackerAnswer> BulkAsync(this TestFarm farm, TrackerCaller by, params string[] requests) =>
        farm.CallAsync("POST", "/task/bulk_submit", $$"""{"requests":[{{string.Join(',', requests)}}]}""", by);

    /// <summary>Asks for a task.</summary>
    public static Task<TrackerAnswer> AskAsync(this TestFarm farm, TrackerCaller by, long project) => farm.CallAsync("GET", $"/task/get/{project}", by: by);

    /// <summary>Takes a task, which must be there.</summary>
    public static async Task<JsonObject> TakeAsync(this TestFarm farm, TrackerCaller by, long project) =>
        (await farm.AskAsync(by, project)).Good().Content["task"]!.AsObject();

    /// <summary>There must be no task.</summary>
    public static async Task NoTaskAsync(this TestFarm farm, TrackerCaller by, long project) =>
        Assert.Equal("No task available", (await farm.AskAsync(by, project)).Refused(200).Message);

    /// <summary>Gives a task back.</summary>
    public static Task<TrackerAnswer> ReleaseAsync(this TestFarm farm, TrackerCaller by, long task, int result = 0, long verification = 0) =>
        farm.CallAsync("POST", "/task/release", $$"""{"task_id":{{task}},"result":{{result}},"verification":{{verification}}}""", by);

    /// <summary>Gives a task back; answers whether that changed it.</summary>
    public static async Task<bool> UpdatedAsync(this TestFarm farm, TrackerCaller by, JsonObject task, int result = 0, long verification = 0)
    {
        var answer = (await farm.ReleaseAsync(by, (long)task["id"]!, result, verification)).Good();
        var updated = (bool)answer.Content["updated"]!;
        Assert.Equal(updated, answer.Message is null);
        return updated;
    }
}
