using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Does to runs what a worker does, over HTTP, without running anything.</summary>
internal static class RunWorker
{
    private const string Base = "/api/farm/v1/tasks";

    /// <summary>The parameters of the one command of a run's task.</summary>
    public static JsonNode Plan(JsonObject task)
    {
        var command = Assert.Single(task["commands"]!.AsArray())!;
        Assert.Equal("workflow", (string)command["name"]!);
        return command["parameters"]!;
    }

    /// <summary>The lines of a run's commands, programs in angle brackets, values as they are.</summary>
    public static List<string> Lines(JsonObject task) =>
    [
        .. Plan(task)["steps"]!.AsArray().SelectMany(step => step!["commands"]!.AsArray()).Select(command =>
            string.Concat(command!.AsArray().Select(part => part is JsonObject other ? (string?)other["value"] ?? $"<{other["program"]}>" : (string)part!))),
    ];

    /// <summary>Fetches the text of the file at a path of the run folder.</summary>
    public static async Task<string> InputAsync(this TestWorker worker, JsonObject task, string path)
    {
        var file = Plan(task)["files"]!.AsArray().Single(file => (string)file!["path"]! == path)!;
        using var answer = await worker.Client.GetAsync($"{Base}/{task["uuid"]}/files/{file["sha256"]}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((long)file["size"]!, Encoding.UTF8.GetByteCount(text));
        return text;
    }

    /// <summary>Sends a file that the run left.</summary>
    public static async Task<HttpStatusCode> LeaveAsync(this TestWorker worker, JsonObject task, string path, string content)
    {
        using var answer = await worker.Client.PutAsync($"{Base}/{task["uuid"]}/artifacts/{path}", new ByteArrayContent(Encoding.UTF8.GetBytes(content)));
        return answer.StatusCode;
    }

    /// <summary>Takes a run, leaves all its outputs and reports that it is done.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="content">What is in the file at a path; null for its path.</param>
    public static async Task<JsonObject> CompleteRunAsync(this TestWorker worker, Func<string, string>? content = null)
    {
        var task = await worker.TakeAsync();
        await worker.FinishAsync(task, content);
        return task;
    }

    /// <summary>Leaves all outputs of a run and reports that it is done.</summary>
    public static async Task FinishAsync(this TestWorker worker, JsonObject task, Func<string, string>? content = null)
    {
        foreach (var path in Plan(task)["outputs"]!.AsArray().Select(path => (string)path!))
            Assert.Equal(HttpStatusCode.OK, await worker.LeaveAsync(task, path, content?.Invoke(path) ?? path));
        Assert.Equal(HttpStatusCode.NoContent, await worker.ReportAsync(task, "completed"));
    }

    /// <summary>Says what went wrong and reports that the run failed.</summary>
    public static async Task FailRunAsync(this TestWorker worker, JsonObject task, params string[] messages)
    {
        using var answer = await worker.Client.PutAsJsonAsync($"{Base}/{task["uuid"]}/messages", new { messages });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, await worker.ReportAsync(task, "failed"));
    }
}
