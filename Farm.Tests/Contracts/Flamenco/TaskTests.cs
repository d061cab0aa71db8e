using System.Net.Http.Json;
using System.Text;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>The operations on tasks, their logs and the files of jobs (Contracts/Flamenco/Contract.md sections 5 and 6.3).</summary>
public sealed class TaskTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/log")]
    [InlineData("GET", "/logtail")]
    [InlineData("POST", "/setstatus")]
    public async Task An_unknown_task_is_404_and_a_malformed_id_400(string method, string operation)
    {
        var farm = shared.Farm;
        foreach (var (id, status) in new[] { (Answers.Nobody, 404), ("no-id", 400) })
        {
            var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v3/tasks/{id}{operation}");
            if (method == "POST") request.Content = JsonContent.Create(new { status = "queued", reason = "" });
            await farm.Client.SendAsync(request).IsRefusedAsync(status);
        }
    }

    [Theory]
    [InlineData("""{"status":"queued"}""", "\"reason\"")]
    [InlineData("""{"reason":""}""", "\"status\"")]
    [InlineData("""{"status":"pended","reason":""}""", "\"status\"")]
    [InlineData("""{"status":"active","reason":""}""", "worker")]
    public async Task An_invalid_request_changes_nothing(string body, string says)
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var task = (await farm.TasksAsync(job))[0];
        Assert.Contains(says, await farm.Client.PostTextAsync($"/api/v3/tasks/{task["id"]}/setstatus", body).IsRefusedAsync(400));
        Assert.Equal(task.ToJsonString(), (await farm.TasksAsync(job))[0].ToJsonString());
    }

    [Fact]
    public async Task A_task_without_a_log_answers_204()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var task = (await farm.TasksAsync(job))[0];
        await farm.Client.GetAsync($"/api/v3/tasks/{task["id"]}/log").IsEmptyAsync();
        await farm.Client.GetAsync($"/api/v3/tasks/{task["id"]}/logtail").IsEmptyAsync();
        await farm.Client.GetAsync($"/job-files/{Directory(job["id"]!)}/task-{task["id"]}.txt").IsRefusedAsync(404);
    }

    [Fact]
    public async Task The_tail_of_a_long_log_is_its_last_2048_bytes_without_the_first_partial_line()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        var text = new StringBuilder();
        for (var line = 0; line < 500; line++) text.Append($"line {line} größer\n");
        await worker.ReportAsync(task["uuid"], new { log = text.ToString() }).IsEmptyAsync();

        using var answer = await farm.Client.GetAsync($"/api/v3/tasks/{task["uuid"]}/logtail");
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        var tail = await answer.Content.ReadAsStringAsync();
        Assert.InRange(Encoding.UTF8.GetByteCount(tail), 2020, 2048);
        Assert.StartsWith("line ", tail);
        Assert.EndsWith("line 499 größer\n", tail);
    }

    [Fact]
    public async Task The_log_file_has_the_reported_size_and_covers_all_attempts()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var task = await worker.TakeAsync();
            for (var chunk = 0; chunk < 300; chunk++) await worker.ReportAsync(task["uuid"], new { log = $"attempt {attempt} größer {chunk}" }).IsEmptyAsync();
            await worker.SignOffAsync().IsEmptyAsync();
            await worker.SignOnAsync().IsJsonAsync();
            await worker.BecomeAsync("awake").IsEmptyAsync();
        }

        var taken = await worker.TakeAsync();
        var info = await farm.GetAsync($"/api/v3/tasks/{taken["uuid"]}/log");
        Assert.Equal($"/job-files/{Directory(taken["job"]!)}/task-{taken["uuid"]}.txt", (string)info["url"]!);
        using var answer = await farm.Client.GetAsync((string)info["url"]!);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal((int)info["size"]!, bytes.Length);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Contains("attempt 0 größer 299\n", text);
        Assert.Contains("Worker node signed off", text);
        Assert.Contains("attempt 1 größer 299\n", text);
    }

    [Fact]
    public async Task Log_text_is_stored_unchanged()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        const string text = "a\0b \u001b[31mred\u001b[0m \ud83d\ude00\r\nend\n";
        await worker.ReportAsync(task["uuid"], new { log = text, activity = text }).IsEmptyAsync();
        Assert.EndsWith(text, await farm.Client.GetStringAsync($"/api/v3/tasks/{task["uuid"]}/logtail"));
        Assert.EndsWith(text, await farm.Client.GetStringAsync((string)(await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}/log"))["url"]!));
        Assert.Equal(text, (string)(await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}"))["activity"]!);
    }

    [Fact]
    public async Task HEAD_of_a_file_has_no_body()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var task = await (await farm.AwakeAsync()).TakeAsync();
        var url = (string)(await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}/log"))["url"]!;
        await farm.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url)).IsEmptyAsync(200);
    }

    [Theory]
    [InlineData("/job-files/job-{4}/{job}/../../../farm.db")]
    [InlineData("/job-files/job-{4}/{job}/..%2F..%2F..%2Ffarm.db")]
    [InlineData("/job-files/job-{4}/{job}/%2Fetc%2Fpasswd")]
    [InlineData("/job-files/job-{4}/{job}/task-x.txt")]
    [InlineData("/job-files/job-0000/{job}/task-{task}.txt")]
    [InlineData("/job-files/job-0000/00000000-0000-7000-8000-000000000000/task-{task}.txt")]
    [InlineData("/job-files/incoming/{job}/x")]
    public async Task Other_files_are_not_served(string path)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        var job = (string)task["job"]!;
        var raw = path.Replace("{4}", job[..4]).Replace("{job}", job).Replace("{task}", (string)task["uuid"]!);
        var answer = await farm.RawAsync($"GET {raw} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", answer);
    }

    private static string Directory(System.Text.Json.Nodes.JsonNode job) => $"job-{((string)job!)[..4]}/{job}";
}
