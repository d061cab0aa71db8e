using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>An unmodified worker of version 3.9 does two tasks: what it sends, in its order, and what it must hear.</summary>
public sealed class ConversationTests
{
    private static readonly string[] TaskTypes = ["blender", "ffmpeg", "file-management", "misc"];

    [Fact]
    public async Task The_original_worker_registers_completes_two_tasks_and_signs_off()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync(priority: 60);
        using var client = new HttpClient { BaseAddress = farm.Client.BaseAddress };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Flamenco/3.9-beta1");

        Authorize(client, "", "");
        var registered = await AskAsync(client, "register-worker", """
            {"name":"original","platform":"linux","secret":"00ff","supported_task_types":["blender","ffmpeg","file-management","misc"]}
            """);
        Assert.Equal(TaskTypes, registered["supported_task_types"]!.AsArray().Select(type => (string)type!));
        Authorize(client, (string)registered["uuid"]!, "00ff");

        var signedOn = await AskAsync(client, "sign-on", """
            {"can_restart":false,"name":"original","software_version":"3.9-beta1","supported_task_types":["blender","ffmpeg","file-management","misc"]}
            """);
        Assert.Equal("""{"status_requested":"awake"}""", signedOn.ToJsonString());
        await TellAsync(client, "state-changed", """{"status":"awake"}""");

        var echo = await AskAsync(client, "task", "");
        Assert.Equal(("echo", 60), ((string)echo["name"]!, (int)echo["job_priority"]!));
        Assert.Equal("""[{"name":"echo","parameters":{"message":"hello"},"total_step_count":0}]""", echo["commands"]!.ToJsonString());
        await DrainAsync(client, echo, """{"log":"echo: \"hello\""}""");

        var sleep = await AskAsync(client, "task", "");
        Assert.Equal(("sleep", echo["job"]!.ToJsonString()), ((string)sleep["name"]!, sleep["job"]!.ToJsonString()));
        await DrainAsync(client, sleep, """{"log":"slept 2s"}""");

        await TellAsync(client, "task", "");
        await TellAsync(client, "sign-off", "");
        var job = (await farm.GetAsync("/api/v3/jobs"))["jobs"]![0]!;
        Assert.Equal("completed", (string)job["status"]!);
        Assert.Equal((2, 2), ((int)job["steps_completed"]!, (int)job["steps_total"]!));
    }

    private static async Task DrainAsync(HttpClient client, JsonObject task, string log)
    {
        var path = $"task/{task["uuid"]}";
        await TellAsync(client, path, """{"activity":"Started","taskStatus":"active"}""");
        using var mayRun = await client.GetAsync($"/api/v3/worker/{path}/may-i-run");
        Assert.Equal("""{"mayKeepRunning":true,"reason":"","statusChangeRequested":false}""", await mayRun.Content.ReadAsStringAsync());
        await TellAsync(client, path, log);
        await TellAsync(client, path, """{"activity":"Progress","steps_completed":1}""");
        await TellAsync(client, path, """{"activity":"Completed","taskStatus":"completed"}""");
    }

    private static void Authorize(HttpClient client, string user, string secret) => client.DefaultRequestHeaders.Authorization =
        new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")));

    private static async Task<JsonObject> AskAsync(HttpClient client, string path, string body)
    {
        using var answer = await SendAsync(client, path, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await TestFarm.JsonAsync(answer);
    }

    private static async Task TellAsync(HttpClient client, string path, string body)
    {
        using var answer = await SendAsync(client, path, body);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>As the original does: no Content-Type without a body.</summary>
    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (body.Length > 0) content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return client.PostAsync($"/api/v3/worker/{path}", content);
    }
}
