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
    public async Task The_original_worker_registers_works_off_two_tasks_and_signs_off()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho(priority: 60);
        using var client = new HttpClient { BaseAddress = farm.Client.BaseAddress };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Flamenco/3.9-beta1");

        Authorize(client, "", "");
        var registered = await Ask(client, "register-worker", """
            {"name":"original","platform":"linux","secret":"00ff","supported_task_types":["blender","ffmpeg","file-management","misc"]}
            """);
        Assert.Equal(TaskTypes, registered["supported_task_types"]!.AsArray().Select(type => (string)type!));
        Authorize(client, (string)registered["uuid"]!, "00ff");

        var signedOn = await Ask(client, "sign-on", """
            {"can_restart":false,"name":"original","software_version":"3.9-beta1","supported_task_types":["blender","ffmpeg","file-management","misc"]}
            """);
        Assert.Equal("""{"status_requested":"awake"}""", signedOn.ToJsonString());
        await Tell(client, "state-changed", """{"status":"awake"}""");

        var echo = await Ask(client, "task", "");
        Assert.Equal(("echo", 60), ((string)echo["name"]!, (int)echo["job_priority"]!));
        Assert.Equal("""[{"name":"echo","parameters":{"message":"hello"},"total_step_count":0}]""", echo["commands"]!.ToJsonString());
        await Drain(client, echo, """{"log":"echo: \"hello\""}""");

        var sleep = await Ask(client, "task", "");
        Assert.Equal(("sleep", echo["job"]!.ToJsonString()), ((string)sleep["name"]!, sleep["job"]!.ToJsonString()));
        await Drain(client, sleep, """{"log":"slept 2s"}""");

        await Tell(client, "task", "");
        await Tell(client, "sign-off", "");
        var job = (await farm.Get("/api/v3/jobs"))["jobs"]![0]!;
        Assert.Equal("completed", (string)job["status"]!);
        Assert.Equal((2, 2), ((int)job["steps_completed"]!, (int)job["steps_total"]!));
    }

    private static async Task Drain(HttpClient client, JsonObject task, string log)
    {
        var path = $"task/{task["uuid"]}";
        await Tell(client, path, """{"activity":"Started","taskStatus":"active"}""");
        using var mayRun = await client.GetAsync($"/api/v3/worker/{path}/may-i-run");
        Assert.Equal("""{"mayKeepRunning":true,"reason":"","statusChangeRequested":false}""", await mayRun.Content.ReadAsStringAsync());
        await Tell(client, path, log);
        await Tell(client, path, """{"activity":"Progress","steps_completed":1}""");
        await Tell(client, path, """{"activity":"Completed","taskStatus":"completed"}""");
    }

    private static void Authorize(HttpClient client, string user, string secret) => client.DefaultRequestHeaders.Authorization =
        new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")));

    private static async Task<JsonObject> Ask(HttpClient client, string path, string body)
    {
        using var answer = await Send(client, path, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await TestFarm.Json(answer);
    }

    private static async Task Tell(HttpClient client, string path, string body)
    {
        using var answer = await Send(client, path, body);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>As the original does: no Content-Type without a body.</summary>
    private static Task<HttpResponseMessage> Send(HttpClient client, string path, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (body.Length > 0) content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return client.PostAsync($"/api/v3/worker/{path}", content);
    }
}
