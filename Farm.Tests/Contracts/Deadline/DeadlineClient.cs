using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Store.Engine;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Deadline;

/// <summary>What tests say to a farm in this protocol.</summary>
internal static class DeadlineClient
{
    /// <summary>Asks for JSON that must be there.</summary>
    public static async Task<JsonNode> AskAsync(this TestFarm farm, string path)
    {
        using var answer = await farm.Client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        return JsonNode.Parse(text)!;
    }

    /// <summary>The status and the text of an answer.</summary>
    public static async Task<(int Status, string Text)> SayAsync(this TestFarm farm, string method, string path, string? body = null, string? contentType = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var answer = await farm.Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Commands tasks; all rules of the rows must hold afterwards.</summary>
    /// <param name="list">What comes after <c>"TaskList":</c>; null to leave it out.</param>
    public static async Task<(int Status, string Text)> CommandAsync(this TestFarm farm, JsonObject job, string command, string? list = null)
    {
        var tasks = list is null ? "" : $",\"TaskList\":{list}";
        var answer = await farm.SayAsync("PUT", "/api/tasks", $$"""{"Command":"{{command}}","JobID":"{{job["id"]}}"{{tasks}}}""");
        Invariants.Check(farm.Service<FarmStore>());
        return answer;
    }

    /// <summary>Commands tasks, which must succeed.</summary>
    public static async Task DoAsync(this TestFarm farm, JsonObject job, string command, string? list = null) =>
        Assert.Equal((200, "Success"), await farm.CommandAsync(job, command, list));

    /// <summary>The tasks of a job as this protocol shows them.</summary>
    public static async Task<JsonArray> DeadlineTasksAsync(this TestFarm farm, JsonObject job) =>
        (await farm.AskAsync($"/api/tasks?JobID={job["id"]}"))["Tasks"]!.AsArray();

    /// <summary>One task of a job.</summary>
    public static Task<JsonNode> DeadlineTaskAsync(this TestFarm farm, JsonObject job, int task) => farm.AskAsync($"/api/tasks?TaskID={task}&JobID={job["id"]}");

    /// <summary>The statuses of the tasks of a job.</summary>
    public static async Task<int[]> StatsAsync(this TestFarm farm, JsonObject job) => [.. (await farm.DeadlineTasksAsync(job)).Select(task => (int)task!["Stat"]!)];

    /// <summary>The tasks of a job must have these statuses.</summary>
    public static async Task ExpectAsync(this TestFarm farm, JsonObject job, params int[] stats) => Assert.Equal(stats, await farm.StatsAsync(job));

    /// <summary>The job as this protocol shows it.</summary>
    public static async Task<JsonNode> DeadlineJobAsync(this TestFarm farm, JsonObject job) => (await farm.AskAsync($"/api/jobs?JobID={job["id"]}")).AsArray().Single()!;

    /// <summary>The status of a job.</summary>
    public static async Task<int> JobStatAsync(this TestFarm farm, JsonObject job) => (int)(await farm.DeadlineJobAsync(job))["Stat"]!;
}
