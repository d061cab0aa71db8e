using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Farm.Tests.Support;

/// <summary>A worker driven by a test over HTTP with its own credentials.</summary>
internal sealed class TestWorker(Uri farm, string id, string secret, string name, string[] taskTypes)
{
    private readonly HttpClient _client = new()
    {
        BaseAddress = new Uri(farm, "/api/v3/worker/"),
        DefaultRequestHeaders =
        {
            Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"))),
        },
    };

    public string Id => id;

    public string Name => name;

    /// <summary>Sends requests with the worker's credentials.</summary>
    public HttpClient Client => _client;

    public Task<HttpResponseMessage> SignOnAsync(bool canRestart = false) => _client.PostAsJsonAsync(
        "sign-on", new { name, supported_task_types = taskTypes, software_version = "3.8.5", can_restart = canRestart });

    public Task<HttpResponseMessage> SignOffAsync() => _client.PostAsync("sign-off", null);

    public Task<HttpResponseMessage> StateAsync() => _client.GetAsync("state");

    public Task<HttpResponseMessage> BecomeAsync(string status) => _client.PostAsJsonAsync("state-changed", new { status });

    public Task<HttpResponseMessage> ScheduleAsync() => _client.PostAsync("task", null);

    /// <summary>Takes a task, which must be available.</summary>
    public async Task<JsonObject> TakeAsync()
    {
        using var answer = await ScheduleAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await TestFarm.JsonAsync(answer);
    }

    /// <summary>Reports on a task.</summary>
    public Task<HttpResponseMessage> ReportAsync(JsonNode? taskId, object report) => _client.PostAsJsonAsync($"task/{taskId}", report);

    /// <summary>Reports a task status and returns the response status.</summary>
    public async Task<HttpStatusCode> ReportAsync(JsonObject task, string status)
    {
        using var answer = await ReportAsync(task["uuid"], new { taskStatus = status, activity = status });
        return answer.StatusCode;
    }

    /// <summary>Takes a task and fails it.</summary>
    public async Task<JsonObject> TakeAndFailAsync()
    {
        var task = await TakeAsync();
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(task, "failed"));
        return task;
    }

    /// <summary>Takes a task and completes it.</summary>
    public async Task<JsonObject> TakeAndCompleteAsync()
    {
        var task = await TakeAsync();
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(task, "completed"));
        return task;
    }

    /// <summary>Asks whether the task may keep running.</summary>
    public async Task<JsonObject> MayRunAsync(JsonObject task)
    {
        using var answer = await _client.GetAsync($"task/{task["uuid"]}/may-i-run");
        return await TestFarm.JsonAsync(answer);
    }

    public Task<HttpResponseMessage> SendImageAsync(JsonNode? taskId, byte[] image, string mediaType = "image/png", string? attempt = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"task/{taskId}/output-produced") { Content = new ByteArrayContent(image) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        if (attempt is not null) request.Headers.Add("X-Farm-Attempt", attempt);
        return _client.SendAsync(request);
    }
}
