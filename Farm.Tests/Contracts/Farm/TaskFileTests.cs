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
    public async Task A_worker_gets_the_contents_that_its_task_names_and_no_others()
    {
        await using var farm = await TestFarm.Start();
        var (named, other) = (await Store(farm, "named"), await Store(farm, "other"));
        await Submit(farm, $"needs {named}");
        var (worker, idle) = (await farm.Awake(), await farm.Awake("idle"));
        var task = await worker.Take();
        using var answer = await worker.Send(task, HttpMethod.Get, $"files/{named}");
        Assert.Equal("named", await answer.Content.ReadAsStringAsync());
        Assert.Equal($"\"{named}\"", answer.Headers.ETag!.ToString());
        foreach (var wrong in new[] { other, new string('0', 64), "needs", named.ToUpperInvariant() })
            Assert.Contains("no such file", await worker.Send(task, HttpMethod.Get, $"files/{wrong}").Is(HttpStatusCode.NotFound));
        Assert.Contains("does not hold", await idle.Send(task, HttpMethod.Get, $"files/{named}").Is(HttpStatusCode.Conflict));
        await farm.Client.GetAsync($"{ArtifactCalls.Root}/tasks/{task["uuid"]}/files/{named}").Is(HttpStatusCode.Forbidden);
        await worker.Report(task, "completed");
        await worker.Send(task, HttpMethod.Get, $"files/{named}").Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Only_workers_send_files_and_messages()
    {
        await using var farm = await TestFarm.Start();
        await Submit(farm, "x");
        var task = await (await farm.Awake()).Take();
        var root = $"{ArtifactCalls.Root}/tasks/{task["uuid"]}";
        Assert.Contains("no such worker", await farm.Client.PutAsync($"{root}/artifacts/a", new StringContent("x")).Is(HttpStatusCode.Forbidden));
        await farm.Client.PutAsync($"{root}/messages", new StringContent("{\"messages\": []}")).Is(HttpStatusCode.Forbidden);
        Assert.Equal(0, farm.ShamanFileStore());
    }

    [Fact]
    public async Task Messages_are_read_once_the_attempt_has_failed()
    {
        await using var farm = await TestFarm.Start();
        await Submit(farm, "x");
        await farm.Awake("other");
        var worker = await farm.Awake();
        var task = await worker.Take();
        await worker.Leave(task, "first try").Is(HttpStatusCode.NoContent);
        await worker.Leave(task, "out 1\n", "out 2", "error \"ä\"").Is(HttpStatusCode.NoContent);
        Assert.Empty(await Messages(farm, task));
        await worker.Report(task, "failed");
        Assert.Equal(["out 1\n", "out 2", "error \"ä\""], await Messages(farm, task));
        Snapshot.Verify(await farm.Client.GetStringAsync($"{ArtifactCalls.Root}/tasks/{task["uuid"]}/messages"));
    }

    [Fact]
    public async Task Messages_of_an_attempt_that_did_not_fail_are_never_seen()
    {
        await using var farm = await TestFarm.Start();
        await Submit(farm, "x");
        var worker = await farm.Awake();
        var task = await worker.Take();
        await worker.Leave(task, "for nobody").Is(HttpStatusCode.NoContent);
        await worker.Report(task, "completed");
        Assert.Empty(await Messages(farm, task));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"messages\": \"x\"}")]
    [InlineData("{\"messages\": [1]}")]
    [InlineData("{\"messages\": [null]}")]
    public async Task Messages_of_another_form_are_refused(string body)
    {
        await using var farm = await TestFarm.Start();
        await Submit(farm, "x");
        var worker = await farm.Awake();
        var task = await worker.Take();
        Assert.Contains("messages", await worker.Send(task, HttpMethod.Put, "messages", new StringContent(body)).Is(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Messages_have_a_limit_and_unknown_tasks_and_attempts_are_said()
    {
        await using var farm = await TestFarm.Start();
        await Submit(farm, "x");
        var worker = await farm.Awake();
        var task = await worker.Take();
        Assert.Contains("too long", await worker.Leave(task, new string('x', 1024 * 1024), "y").Is(HttpStatusCode.RequestEntityTooLarge));
        var nobody = new JsonObject { ["uuid"] = Guid.NewGuid().ToString(), ["attempt"] = "1" };
        await worker.Leave(nobody, "x").Is(HttpStatusCode.NotFound);
        await worker.Leave(new JsonObject { ["uuid"] = "x", ["attempt"] = "1" }, "x").Is(HttpStatusCode.NotFound);
        var odd = new JsonObject { ["uuid"] = (string)task["uuid"]!, ["attempt"] = "one" };
        Assert.Contains("X-Farm-Attempt", await worker.Leave(odd, "x").Is(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task The_artifacts_of_a_command_line_are_sent_by_a_command_of_their_own()
    {
        await using var farm = await TestFarm.Start();
        await farm.Submit(new
        {
            name = "Convert",
            type = "command-line",
            submitter_platform = "linux",
            settings = new { executable = "convert", frames = "7", artifacts = "/out/<STARTFRAME%4>*.png \"/out/a b.txt\"" },
        });
        var task = await (await farm.Awake()).Take();
        Assert.Equal(["exec", "upload-files"], task["commands"]!.AsArray().Select(command => (string)command!["name"]!));
        var files = task["commands"]![1]!["parameters"]!["files"]!.AsArray().Select(file => (string)file!);
        Assert.Equal(["/out/0007*.png", "/out/a b.txt"], files);
        Assert.Equal(2, (int)task["steps_total"]!);
    }

    private static async Task<string> Store(TestFarm farm, string text) => (await farm.Service<ContentStore>().Put(
        new MemoryStream(Encoding.UTF8.GetBytes(text)), long.MaxValue, CancellationToken.None)).Sha256;

    private static Task<JsonObject> Submit(TestFarm farm, string message) => farm.Submit(new
    {
        name = "Echo",
        type = "echo-sleep-test",
        submitter_platform = "linux",
        settings = new { message, sleep_duration_seconds = 2, sleep_repeats = 0 },
    });

    private static async Task<string[]> Messages(TestFarm farm, JsonObject task) =>
        [.. (await farm.Get($"{ArtifactCalls.Root}/tasks/{task["uuid"]}/messages"))["messages"]!.AsArray().Select(text => (string)text!)];
}
