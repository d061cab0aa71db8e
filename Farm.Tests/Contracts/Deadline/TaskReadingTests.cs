using System.Net;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Deadline;

/// <summary>Contracts/Deadline/Contract.md section 2: the three forms of GET /api/tasks.</summary>
public sealed class TaskReadingTests : IAsyncLifetime
{
    private TestFarm _farm = null!;
    private JsonObject _job = null!;

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync();
        _job = await _farm.SubmitFramesAsync(3);
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    [InlineData("TRUE")]
    public async Task Ids_are_a_bare_array_of_integers(string on) =>
        Assert.Equal("[0,1,2]", (await _farm.AskAsync($"/api/tasks?IdOnly={on}&JobID={_job["id"]}")).ToJsonString());

    [Fact]
    public async Task Another_value_of_IdOnly_is_ignored() =>
        Assert.IsType<JsonObject>(await _farm.AskAsync($"/api/tasks?IdOnly=1&JobID={_job["id"]}"));

    [Fact]
    public async Task IdOnly_wins_over_a_task_id() =>
        Assert.Equal("[0,1,2]", (await _farm.AskAsync($"/api/tasks?TaskID=1&IdOnly=true&JobID={_job["id"]}")).ToJsonString());

    [Fact]
    public async Task Query_parameters_are_read_in_any_case_and_order() =>
        Assert.Equal(2, (int)(await _farm.AskAsync($"/api/tasks?jobid={_job["id"]}&TASKID=2"))["TaskID"]!);

    [Theory]
    [InlineData("1")]
    [InlineData("%201%20")]
    [InlineData("%2B1")]
    public async Task One_task_is_a_bare_object(string id) =>
        Assert.Equal(1, (int)(await _farm.AskAsync($"/api/tasks?TaskID={id}&JobID={_job["id"]}")).AsObject()["TaskID"]!);

    [Fact]
    public async Task All_tasks_come_in_an_envelope_in_ascending_order()
    {
        var all = (await _farm.AskAsync($"/api/tasks?JobID={_job["id"]}")).AsObject();

        Assert.Equal(["ID", "PreTask", "Tasks", "PostTask"], all.Select(entry => entry.Key));
        Assert.Equal((string)_job["id"]!, (string)all["ID"]!);
        Assert.Null(all["PreTask"]);
        Assert.Null(all["PostTask"]);
        Assert.Equal([0, 1, 2], all["Tasks"]!.AsArray().Select(task => (int)task!["TaskID"]!));
    }

    [Theory]
    [InlineData("/api/tasks", 400, "Error: No Job ID provided.")]
    [InlineData("/api/tasks?JobID=", 400, "Error: No Job ID provided.")]
    [InlineData("/api/tasks?JobID=&TaskID=1", 400, "Error: No Job ID provided.")]
    [InlineData("/api/tasks?IdOnly=true", 400, "Error: No Job ID provided.")]
    [InlineData("/api/tasks?JobID=nope", 500, "Error: Job nope does not exist.")]
    [InlineData("/api/tasks?JobID=nope&IdOnly=true", 500, "Error: Job nope does not exist.")]
    [InlineData("/api/tasks?JobID=nope&TaskID=0", 500, "Error: Job nope does not exist.")]
    [InlineData("/api/tasks?JobID=JOB&TaskID=", 400, "Error: No Task ID provided.")]
    [InlineData("/api/tasks?JobID=JOB&TaskID=abc", 400, "Error: Task ID must be an integer value.")]
    [InlineData("/api/tasks?JobID=JOB&TaskID=1.5", 400, "Error: Task ID must be an integer value.")]
    [InlineData("/api/tasks?JobID=JOB&TaskID=1,2", 400, "Error: Task ID must be an integer value.")]
    [InlineData("/api/tasks?JobID=JOB&TaskID=3", 500, "Error: Task ID 3 does not exist in Job JOB.")]
    [InlineData("/api/tasks?JobID=JOB&TaskID=-1", 500, "Error: Task ID -1 does not exist in Job JOB.")]
    [InlineData("/api/tasks?JobID=JOB&TaskID=99999999999", 500, "Error: Task ID 99999999999 does not exist in Job JOB.")]
    public async Task Unreadable_requests_are_rejected_with_the_status_in_the_table(string path, int status, string text)
    {
        var id = (string)_job["id"]!;
        using var answer = await _farm.Client.GetAsync(path.Replace("JOB", id));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(text.Replace("JOB", id), await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_deleted_job_does_not_exist()
    {
        using var deleted = await _farm.Client.DeleteAsync($"/api/v3/jobs/{_job["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        Assert.Equal(500, (await _farm.SayAsync("GET", $"/api/tasks?JobID={_job["id"]}")).Status);
    }

    [Fact]
    public async Task A_body_of_a_GET_is_ignored() =>
        Assert.Equal((200, "[0,1,2]"), await _farm.SayAsync("GET", $"/api/tasks?IdOnly=true&JobID={_job["id"]}", "{}", "application/json"));

    [Fact]
    public async Task Tasks_without_frames_have_their_id_as_a_range()
    {
        var echo = await _farm.SubmitEchoAsync(2);

        Assert.Equal(["0-0", "1-1", "2-2"], (await _farm.DeadlineTasksAsync(echo)).Select(task => (string)task!["Frames"]!));
        Assert.Equal(["1-1", "2-2", "3-3"], (await _farm.DeadlineTasksAsync(_job)).Select(task => (string)task!["Frames"]!));
    }

    [Fact]
    public async Task A_chunk_is_a_range_from_its_first_to_its_last_frame()
    {
        var job = await _farm.SubmitAsync(new
        {
            name = "Chunks",
            type = "simple-blender-render",
            submitter_platform = "linux",
            settings = new { frames = "101-107,120", chunk_size = 5, render_output_path = "/r/######", fps = 0 },
        });

        Assert.Equal(["101-105", "106-107,120-120"], (await _farm.DeadlineTasksAsync(job)).Select(task => (string)task!["Frames"]!));
    }
}
