using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Operations.Files;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Farm;

/// <summary>What workers fetch for their task, and the messages that they leave with one that failed.</summary>
public sealed class TaskFileTests
{
    [Fact]
    public async Task A_worker_gets_only_the_contents_that_its_task_names()
    {
        await using var farm = await TestFarm.StartAsync();
        var (named, other) = (await StoreAsync(farm, "named"), await StoreAsync(farm, "other"));
        await SubmitAsync(farm, $"needs {named}");
        var (worker, idle) = (await farm.AwakeAsync(), await farm.AwakeAsync("idle"));
        var task = await worker.TakeAsync();
        using var answer = await worker.SendAsync(task, HttpMethod.Get, $"files/{named}");
        Assert.Equal("named", await answer.Content.ReadAsStringAsync());
        Assert.Equal($"\"{named}\"", answer.Headers.ETag!.ToString());
        foreach (var wrong in new[] { other, new string('0', 64), "needs", named.ToUpperInvariant() })
            Assert.Contains("no such file", await worker.SendAsync(task, HttpMethod.Get, $"files/{wrong}").IsAsync(HttpStatusCode.NotFound));
        Assert.Contains("does not hold", await idle.SendAsync(task, HttpMethod.Get, $"files/{named}").IsAsync(HttpStatusCode.Conflict));
        await farm.Client.GetAsync($"{ArtifactCalls.Root}/tasks/{task["uuid"]}/files/{named}").IsAsync(HttpStatusCode.Forbidden);
        await worker.ReportAsync(task, "completed");
        await worker.SendAsync(task, HttpMethod.Get, $"files/{named}").IsAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Only_workers_can_send_files_and_messages()
    {
        await using var farm = await TestFarm.StartAsync();
        await SubmitAsync(farm, "x");
        var task = await (await farm.AwakeAsync()).TakeAsync();
        var root = $"{ArtifactCalls.Root}/tasks/{task["uuid"]}";
        Assert.Contains("unknown worker or wrong secret", await farm.Client.PutAsync($"{root}/artifacts/a", new StringContent("x")).IsAsync(HttpStatusCode.Forbidden));
        await farm.Client.PutAsync($"{root}/messages", new StringContent("{\"messages\": []}")).IsAsync(HttpStatusCode.Forbidden);
        Assert.Equal(0, farm.StoredFileCount());
    }

    [Fact]
    public async Task Messages_become_visible_when_the_attempt_fails()
    {
        await using var farm = await TestFarm.StartAsync();
        await SubmitAsync(farm, "x");
        await farm.AwakeAsync("other");
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await worker.LeaveAsync(task, "first try").IsAsync(HttpStatusCode.NoContent);
        await worker.LeaveAsync(task, "out 1\n", "out 2", "error \"ä\"").IsAsync(HttpStatusCode.NoContent);
        Assert.Empty(await MessagesAsync(farm, task));
        await worker.ReportAsync(task, "failed");
        Assert.Equal(["out 1\n", "out 2", "error \"ä\""], await MessagesAsync(farm, task));
        Snapshot.Verify(await farm.Client.GetStringAsync($"{ArtifactCalls.Root}/tasks/{task["uuid"]}/messages"));
    }

    [Fact]
    public async Task Messages_of_a_successful_attempt_are_never_visible()
    {
        await using var farm = await TestFarm.StartAsync();
        await SubmitAsync(farm, "x");
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await worker.LeaveAsync(task, "for nobody").IsAsync(HttpStatusCode.NoContent);
        await worker.ReportAsync(task, "completed");
        Assert.Empty(await MessagesAsync(farm, task));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"messages\": \"x\"}")]
    [InlineData("{\"messages\": [1]}")]
    [InlineData("{\"messages\": [null]}")]
    public async Task Malformed_messages_are_rejected(string body)
    {
        await using var farm = await TestFarm.StartAsync();
        await SubmitAsync(farm, "x");
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        Assert.Contains("messages", await worker.SendAsync(task, HttpMethod.Put, "messages", new StringContent(body)).IsAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Messages_over_the_limit_or_for_unknown_tasks_or_attempts_are_rejected()
    {
        await using var farm = await TestFarm.StartAsync();
        await SubmitAsync(farm, "x");
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        Assert.Contains("too long", await worker.LeaveAsync(task, new string('x', 1024 * 1024), "y").IsAsync(HttpStatusCode.RequestEntityTooLarge));
        var nobody = new JsonObject { ["uuid"] = Guid.NewGuid().ToString(), ["attempt"] = "1" };
        await worker.LeaveAsync(nobody, "x").IsAsync(HttpStatusCode.NotFound);
        await worker.LeaveAsync(new JsonObject { ["uuid"] = "x", ["attempt"] = "1" }, "x").IsAsync(HttpStatusCode.NotFound);
        var odd = new JsonObject { ["uuid"] = (string)task["uuid"]!, ["attempt"] = "one" };
        Assert.Contains("X-Farm-Attempt", await worker.LeaveAsync(odd, "x").IsAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_command_line_job_sends_artifacts_with_a_separate_command()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitAsync(new
        {
            name = "Convert",
            type = "command-line",
            submitter_platform = "linux",
            settings = new { executable = "convert", frames = "7", artifacts = "/out/<STARTFRAME%4>*.png \"/out/a b.txt\"" },
        });
        var task = await (await farm.AwakeAsync()).TakeAsync();
        Assert.Equal(["exec", "upload-files"], task["commands"]!.AsArray().Select(command => (string)command!["name"]!));
        var files = task["commands"]![1]!["parameters"]!["files"]!.AsArray().Select(file => (string)file!);
        Assert.Equal(["/out/0007*.png", "/out/a b.txt"], files);
        Assert.Equal(2, (int)task["steps_total"]!);
    }

    private static async Task<string> StoreAsync(TestFarm farm, string text) => (await farm.Service<ContentStore>().PutAsync(
        new MemoryStream(Encoding.UTF8.GetBytes(text)), long.MaxValue, CancellationToken.None)).Sha256;

    private static Task<JsonObject> SubmitAsync(TestFarm farm, string message) => farm.SubmitAsync(new
    {
        name = "Echo",
        type = "echo-sleep-test",
        submitter_platform = "linux",
        settings = new { message, sleep_duration_seconds = 2, sleep_repeats = 0 },
    });

    private static async Task<string[]> MessagesAsync(TestFarm farm, JsonObject task) =>
        [.. (await farm.GetAsync($"{ArtifactCalls.Root}/tasks/{task["uuid"]}/messages"))["messages"]!.AsArray().Select(text => (string)text!)];
}
