using System.Net.Http.Json;
using System.Text;
using Farm.Server.Operations.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>registerWorker, signOn, signOff, workerState and workerStateChanged (Contracts/Flamenco/Contract.md sections 3.1 to 3.5).</summary>
public sealed class WorkerTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    [Fact]
    public async Task Each_registration_creates_a_worker_even_with_the_same_name()
    {
        await using var farm = await TestFarm.StartAsync();
        var first = await farm.RegisterAsync("node");
        var second = await farm.RegisterAsync("node");
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(2, (await farm.GetAsync("/api/v3/worker-mgt/workers"))["workers"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"secret":"s","platform":"linux","supported_task_types":[]}""", "\"name\"")]
    [InlineData("""{"name":"n","platform":"linux","supported_task_types":[]}""", "\"secret\"")]
    [InlineData("""{"name":"n","secret":"","platform":"linux","supported_task_types":[]}""", "\"secret\"")]
    [InlineData("""{"name":"n","secret":"s","supported_task_types":[]}""", "\"platform\"")]
    [InlineData("""{"name":"n","secret":"s","platform":"linux"}""", "\"supported_task_types\"")]
    [InlineData("""{"name":"n","secret":"s","platform":"linux","supported_task_types":"misc"}""", "\"supported_task_types\"")]
    [InlineData("""{"name":"n","secret":"s","platform":"linux","supported_task_types":["misc",1]}""", "\"supported_task_types[1]\"")]
    [InlineData("""{"name":7,"secret":"s","platform":"linux","supported_task_types":[]}""", "\"name\"")]
    [InlineData("""{"name":null,"secret":"s","platform":"linux","supported_task_types":[]}""", "\"name\"")]
    [InlineData("""{"name":"a\u0007b","secret":"s","platform":"linux","supported_task_types":[]}""", "\"name\"")]
    [InlineData("""{"name":"\ud800","secret":"s","platform":"linux","supported_task_types":[]}""", "\"name\"")]
    public async Task A_malformed_registration_is_rejected_naming_the_property(string body, string property)
    {
        var farm = shared.Farm;
        var before = (await farm.GetAsync("/api/v3/worker-mgt/workers")).ToJsonString();
        Assert.Contains(property, await farm.Client.PostTextAsync("/api/v3/worker/register-worker", body).IsRefusedAsync(400));
        Assert.Equal(before, (await farm.GetAsync("/api/v3/worker-mgt/workers")).ToJsonString());
    }

    [Fact]
    public async Task Sign_on_replaces_the_registered_data_and_normalizes_task_types()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.RegisterAsync();
        await worker.Client.PostAsJsonAsync(
            "sign-on", new { name = "renamed", supported_task_types = new[] { " Blender ", "MISC" }, software_version = "3.9", can_restart = true }).IsJsonAsync();
        var seen = await farm.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}");
        Assert.Equal(
            """["renamed","3.9",true,"starting",["blender","misc"]]""",
            System.Text.Json.JsonSerializer.Serialize(
                new object?[] { seen["name"], seen["version"], seen["can_restart"], seen["status"], seen["supported_task_types"] }));
    }

    [Fact]
    public async Task Sign_on_returns_the_pending_status_request_until_it_is_acknowledged()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.RegisterAsync();
        await farm.AskWorkerAsync(worker, "asleep");
        Assert.Equal("asleep", (string)(await worker.SignOnAsync().IsJsonAsync())["status_requested"]!);
        Assert.Equal("asleep", (string)(await worker.StateAsync().IsJsonAsync())["status_requested"]!);
        await worker.BecomeAsync("asleep").IsEmptyAsync();
        await worker.StateAsync().IsEmptyAsync();
    }

    [Fact]
    public async Task A_worker_resumes_the_status_it_had_at_sign_off()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.RegisterAsync();
        await worker.SignOnAsync();
        await worker.BecomeAsync("asleep").IsEmptyAsync();
        await worker.SignOffAsync().IsEmptyAsync();
        Assert.Equal("offline", (string)(await farm.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}"))["status"]!);
        Assert.Equal("asleep", (string)(await worker.SignOnAsync().IsJsonAsync())["status_requested"]!);
    }

    [Theory]
    [InlineData("sign-on", """{"name":"n","supported_task_types":[]}""", "\"software_version\"")]
    [InlineData("sign-on", """{"name":"n","supported_task_types":[],"software_version":"1","can_restart":"yes"}""", "\"can_restart\"")]
    [InlineData("state-changed", """{"status":"sleeping"}""", "\"status\"")]
    [InlineData("state-changed", "{}", "\"status\"")]
    public async Task A_malformed_worker_message_is_rejected(string path, string body, string property)
    {
        var farm = shared.Farm;
        var worker = await farm.RegisterAsync();
        Assert.Contains(property, await worker.Client.PostTextAsync(path, body).IsRefusedAsync(400));
    }

    [Theory]
    [InlineData("POST", "sign-on")]
    [InlineData("POST", "sign-off")]
    [InlineData("GET", "state")]
    [InlineData("POST", "state-changed")]
    [InlineData("POST", "task")]
    [InlineData("POST", $"task/{Answers.Nobody}")]
    [InlineData("GET", $"task/{Answers.Nobody}/may-i-run")]
    [InlineData("POST", $"task/{Answers.Nobody}/output-produced")]
    public async Task Bad_credentials_are_rejected_first(string method, string path)
    {
        var farm = shared.Farm;
        var worker = await farm.RegisterAsync();
        string?[] headers =
        [
            null, "", "Basic", "Basic !!!", "Bearer x", Basic("nonsense"), Basic("x:y"), Basic($"{worker.Id}:wrong"), Basic($"{Answers.Nobody}:secret"),
        ];
        foreach (var header in headers)
        {
            var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v3/worker/{path}");
            if (method == "POST") request.Content = new StringContent("{ no json", Encoding.UTF8, "text/html");
            if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
            await farm.Client.SendAsync(request).IsRefusedAsync(403);
        }
    }

    [Fact]
    public async Task Every_worker_request_is_a_heartbeat_unless_it_is_malformed()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.RegisterAsync();
        farm.Time.Advance(TimeSpan.FromSeconds(10));
        await worker.Client.PostTextAsync("state-changed", "{").IsRefusedAsync(400);
        Assert.Null(await LastSeenAsync(farm, worker));
        await worker.ScheduleAsync().IsRefusedAsync(409);
        Assert.Equal("2026-01-05T10:00:10Z", await LastSeenAsync(farm, worker));
        farm.Time.Advance(TimeSpan.FromSeconds(10));
        await worker.SendImageAsync(Answers.Nobody, [1]).IsRefusedAsync(404);
        Assert.Equal("2026-01-05T10:00:20Z", await LastSeenAsync(farm, worker));
    }

    [SqliteFact]
    public async Task Sign_on_waits_while_the_disk_is_full_instead_of_failing()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.RegisterAsync();
        await farm.FillDiskAsync();
        var timers = farm.Time.Timers;
        var signOn = worker.Client.PostAsJsonAsync(
            "sign-on", new { name = new string('n', 100_000), supported_task_types = Array.Empty<string>(), software_version = "3.9" });
        while (farm.Time.Timers == timers && !signOn.IsCompleted) await Task.Yield();
        Assert.False(signOn.IsCompleted);
        await farm.FreeDiskAsync();
        farm.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("awake", (string)(await signOn.IsJsonAsync())["status_requested"]!);
    }

    [SqliteFact]
    public async Task A_full_disk_is_503_with_Retry_After_until_there_is_space()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.FillDiskAsync();
        var body = new { name = new string('n', 100_000), secret = "s", platform = "linux", supported_task_types = Array.Empty<string>() };
        using var answer = await farm.Client.PostAsJsonAsync("/api/v3/worker/register-worker", body);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        await Task.FromResult(answer).IsRefusedAsync(503);
        await farm.FreeDiskAsync();
        Assert.Empty((await farm.GetAsync("/api/v3/worker-mgt/workers"))["workers"]!.AsArray());
        await farm.Client.PostAsJsonAsync("/api/v3/worker/register-worker", body).IsJsonAsync();
    }

    private static async Task<string?> LastSeenAsync(TestFarm farm, TestWorker worker)
    {
        await farm.Service<Heartbeats>().FlushAsync();
        return (string?)(await farm.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}"))["last_seen"];
    }

    private static string Basic(string text) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}";
}
