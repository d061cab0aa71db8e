using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Deadline;

/// <summary>Contracts/Deadline/Contract.md section 3: what PUT /api/tasks takes and refuses.</summary>
public sealed class TaskCommandTests : IAsyncLifetime
{
    private TestFarm _farm = null!;
    private JsonObject _job = null!;

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync();
        _job = await _farm.SubmitFramesAsync(4);
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Theory]
    [InlineData(null, new[] { 3, 3, 3, 3 })]
    [InlineData("3", new[] { 2, 2, 2, 3 })]
    [InlineData("[3]", new[] { 2, 2, 2, 3 })]
    [InlineData("[1,2]", new[] { 2, 3, 3, 2 })]
    [InlineData("[1,1,2,1]", new[] { 2, 3, 3, 2 })]
    [InlineData("[]", new[] { 3, 3, 3, 3 })]
    [InlineData("null", new[] { 3, 3, 3, 3 })]
    [InlineData("""["1","2"]""", new[] { 2, 3, 3, 2 })]
    [InlineData("\"3\"", new[] { 2, 2, 2, 3 })]
    [InlineData("""[1,"x"]""", new[] { 2, 3, 2, 2 })]
    [InlineData("""[null,1.5,{},true,2]""", new[] { 2, 2, 3, 2 })]
    public async Task TaskList_is_read_in_all_its_forms(string? list, int[] after)
    {
        await _farm.DoAsync(_job, "suspend", list);

        Assert.Equal(after, await _farm.StatsAsync(_job));
    }

    [Theory]
    [InlineData("""["x"]""", 400, "Error: TaskList contains no valid Task IDs.")]
    [InlineData("\"x\"", 400, "Error: TaskList contains no valid Task IDs.")]
    [InlineData("[null]", 400, "Error: TaskList contains no valid Task IDs.")]
    [InlineData("[1.5]", 400, "Error: TaskList contains no valid Task IDs.")]
    [InlineData("[{}]", 400, "Error: TaskList contains no valid Task IDs.")]
    [InlineData("[true]", 400, "Error: TaskList contains no valid Task IDs.")]
    [InlineData("\"1,2\"", 400, "Error: TaskList contains no valid Task IDs.")]
    [InlineData("\"\"", 400, "Error: TaskList contains no valid Task IDs.")]
    [InlineData("-1", 404, "Error: Task ID -1 does not exist in Job JOB.")]
    [InlineData("4", 404, "Error: Task ID 4 does not exist in Job JOB.")]
    [InlineData("99999999999", 404, "Error: Task ID 99999999999 does not exist in Job JOB.")]
    [InlineData("[0,1,4]", 404, "Error: Task ID 4 does not exist in Job JOB.")]
    [InlineData("123456789012345678901234567890", 404, "Error: Task ID 9223372036854775807 does not exist in Job JOB.")]
    public async Task An_invalid_TaskList_is_rejected_and_changes_nothing(string list, int status, string text)
    {
        Assert.Equal((status, text.Replace("JOB", (string)_job["id"]!)), await _farm.CommandAsync(_job, "suspend", list));
        await _farm.ExpectAsync(_job, 2, 2, 2, 2);
    }

    [Theory]
    [InlineData("", 400, "Error: No message body provided.")]
    [InlineData(" \r\n\t", 400, "Error: No message body provided.")]
    [InlineData("Command=suspend", 400, "Error: The message body is not a JSON object.")]
    [InlineData("[1]", 400, "Error: The message body is not a JSON object.")]
    [InlineData("\"suspend\"", 400, "Error: The message body is not a JSON object.")]
    [InlineData("{}", 400, "Error: No Command provided.")]
    [InlineData("""{"JobID":"JOB"}""", 400, "Error: No Command provided.")]
    [InlineData("""{"Command":"","JobID":"JOB"}""", 400, "Error: No Command provided.")]
    [InlineData("""{"Command":null,"JobID":"JOB"}""", 400, "Error: No Command provided.")]
    [InlineData("""{"Command":7,"JobID":"JOB"}""", 400, "Error: No Command provided.")]
    [InlineData("""{"Command":"explode"}""", 500, "Error: Unknown command explode.")]
    [InlineData("""{"Command":"suspend"}""", 400, "Error: No Job ID provided.")]
    [InlineData("""{"Command":"suspend","JobID":""}""", 400, "Error: No Job ID provided.")]
    [InlineData("""{"Command":"suspend","JobID":"nope","TaskList":["x"]}""", 500, "Error: Job nope does not exist.")]
    [InlineData("""{"Command":"suspend","JobID":"019a0000-0000-7000-8000-000000000000"}""", 500, "Error: Job 019a0000-0000-7000-8000-000000000000 does not exist.")]
    public async Task Requests_are_checked_in_order_and_change_nothing(string body, int status, string text)
    {
        Assert.Equal((status, text), await _farm.SayAsync("PUT", "/api/tasks", body.Replace("JOB", (string)_job["id"]!)));
        await _farm.ExpectAsync(_job, 2, 2, 2, 2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("nonsense")]
    public async Task The_Content_Type_is_ignored(string? contentType)
    {
        var answer = await _farm.SayAsync("PUT", "/api/tasks", $$"""{"Command":"suspend","JobID":"{{_job["id"]}}","TaskList":0}""", contentType);

        Assert.Equal((200, "Success"), answer);
        await _farm.ExpectAsync(_job, 3, 2, 2, 2);
    }

    [Fact]
    public async Task Success_is_plain_text_of_seven_characters()
    {
        using var content = new StringContent($$"""{"Command":"suspend","JobID":"{{_job["id"]}}"}""");
        using var answer = await _farm.Client.PutAsync("/api/tasks", content);

        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("Success"u8.ToArray(), await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("SUSPEND")]
    [InlineData(" Suspend ")]
    public async Task Commands_are_trimmed_and_case_insensitive(string command)
    {
        await _farm.DoAsync(_job, command, "0");

        await _farm.ExpectAsync(_job, 3, 2, 2, 2);
    }

    [Fact]
    public async Task A_misspelt_TaskList_means_all_tasks()
    {
        Assert.Equal((200, "Success"), await _farm.SayAsync("PUT", "/api/tasks", $$"""{"Command":"suspend","JobID":"{{_job["id"]}}","TaskIDs":[1]}"""));
        await _farm.ExpectAsync(_job, 3, 3, 3, 3);
    }

    [Fact]
    public async Task A_command_without_effect_succeeds_and_changes_nothing()
    {
        await _farm.DoAsync(_job, "resumefailed", "0");
        await _farm.DoAsync(_job, "complete", "1");
        await _farm.DoAsync(_job, "complete", "1");

        await _farm.ExpectAsync(_job, 2, 5, 2, 2);
    }

    [Theory]
    [InlineData("pend", "Error: Cannot pend a Task of a suspended Job.")]
    [InlineData("releasepending", "Error: Cannot release a pending Task of a suspended Job.")]
    public async Task Nothing_is_pended_or_released_in_a_suspended_job(string command, string text)
    {
        await _farm.DoAsync(_job, "pend", "0");
        await _farm.DoAsync(_job, "suspend", "[1,2,3]");

        Assert.Equal((500, text), await _farm.CommandAsync(_job, command, "0"));
        Assert.Equal((500, text), await _farm.CommandAsync(_job, command));
        await _farm.ExpectAsync(_job, 8, 3, 3, 3);

        await _farm.DoAsync(_job, "resume", "1");
        await _farm.DoAsync(_job, command, "0");
    }

    [Fact]
    public async Task A_job_that_another_protocol_paused_is_suspended()
    {
        using var paused = await _farm.SetJobAsync(_job, "pause-requested");

        Assert.Equal(500, (await _farm.CommandAsync(_job, "pend", "0")).Status);
        Assert.Equal(2, await _farm.JobStatAsync(_job));
        await _farm.DoAsync(_job, "resume");
        Assert.Equal("queued", await _farm.StatusOfAsync(_job));
        await _farm.ExpectAsync(_job, 2, 2, 2, 2);
    }

    [Fact]
    public async Task A_job_that_another_protocol_submitted_paused_goes_on_when_resumed()
    {
        var job = await _farm.SubmitEchoAsync(status: "paused");
        Assert.Equal(2, await _farm.JobStatAsync(job));

        await _farm.DoAsync(job, "complete", "0");
        Assert.Equal("paused", await _farm.StatusOfAsync(job));

        await _farm.DoAsync(job, "resume");
        Assert.Equal("active", await _farm.StatusOfAsync(job));
    }
}
