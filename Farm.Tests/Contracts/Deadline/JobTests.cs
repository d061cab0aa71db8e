using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Deadline;

/// <summary>Contracts/Deadline/Contract.md section 9: jobs read, submitted, commanded and removed.</summary>
public sealed class JobTests : IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Jobs_are_found_by_id_and_unknown_ids_skipped()
    {
        var (a, b) = (await _farm.SubmitEchoAsync(name: "a"), await _farm.SubmitEchoAsync(name: "b"));

        Assert.Equal(["a", "b"], await NamesAsync($"/api/jobs?JobID={a["id"]},nope,{b["id"]}"));
        Assert.Equal("[]", (await _farm.AskAsync("/api/jobs?JobID=nope")).ToJsonString());
        Assert.Equal($"""["{a["id"]}","{b["id"]}"]""", (await _farm.AskAsync("/api/jobs?IdOnly=true")).ToJsonString());
    }

    [Theory]
    [InlineData("Active", "active")]
    [InlineData("active,Pending", "active pended")]
    [InlineData("Suspended", "suspended")]
    [InlineData("Completed", "completed")]
    [InlineData("4", "failed")]
    [InlineData("1,2,3,4,6", "active suspended completed failed pended")]
    public async Task Jobs_are_found_by_states(string states, string names)
    {
        await _farm.SubmitEchoAsync(name: "active");
        foreach (var (command, name) in new[] { ("suspend", "suspended"), ("complete", "completed"), ("fail", "failed"), ("pend", "pended") })
            await CommandAsync(await _farm.SubmitEchoAsync(name: name), command);

        Assert.Equal(names.Split(' '), await NamesAsync($"/api/jobs?States={states}"));
    }

    [Theory]
    [InlineData("suspend", new[] { 3, 3, 3 }, 2)]
    [InlineData("suspendnonrendering", new[] { 4, 3, 3 }, 1)]
    [InlineData("complete", new[] { 5, 5, 5 }, 3)]
    [InlineData("fail", new[] { 6, 6, 6 }, 4)]
    [InlineData("pend", new[] { 8, 8, 8 }, 6)]
    [InlineData("requeue", new[] { 2, 2, 2 }, 1)]
    [InlineData("suspend resume", new[] { 2, 2, 2 }, 1)]
    [InlineData("fail resumefailed", new[] { 2, 2, 2 }, 1)]
    [InlineData("pend releasepending", new[] { 2, 2, 2 }, 1)]
    public async Task A_job_command_applies_to_all_its_tasks(string commands, int[] stats, int stat)
    {
        var job = await _farm.SubmitFramesAsync(3);
        var worker = await _farm.AwakeAsync();
        await worker.TakeAsync();

        foreach (var command in commands.Split(' ')) await CommandAsync(job, command);

        Assert.Equal(stats, await _farm.StatsAsync(job));
        Assert.Equal(stat, await _farm.JobStatAsync(job));
    }

    [Theory]
    [InlineData("PUT", "", 400, "Error: No message body provided.")]
    [InlineData("PUT", "{}", 400, "Error: No Command provided.")]
    [InlineData("PUT", """{"Command":"suspend"}""", 400, "Error: No Job ID provided.")]
    [InlineData("PUT", """{"Command":"suspend","JobID":"nope"}""", 500, "Error: Job nope does not exist.")]
    [InlineData("PUT", """{"Command":"explode","JobID":"nope"}""", 500, "Error: Unknown command explode.")]
    [InlineData("PUT", """{"Command":"archive","JobID":"nope"}""", 501, "Error: The command archive is not implemented.")]
    [InlineData("PUT", """{"Command":"setjobframerange","JobID":"nope"}""", 501, "Error: The command setjobframerange is not implemented.")]
    [InlineData("DELETE", "", 400, "Error: No Job ID provided.")]
    public async Task Job_commands_are_rejected_like_task_commands(string method, string body, int status, string text) =>
        Assert.Equal((status, text), await _farm.SayAsync(method, "/api/jobs", body));

    [Fact]
    public async Task Jobs_are_deleted_together_or_not_at_all()
    {
        var (a, b) = (await _farm.SubmitEchoAsync(), await _farm.SubmitEchoAsync());
        Assert.Equal((500, "Error: Job nope does not exist."), await _farm.SayAsync("DELETE", $"/api/jobs?JobID={a["id"]},nope"));
        Assert.Equal(2, (await _farm.AskAsync("/api/jobs")).AsArray().Count);

        Assert.Equal((200, "Success"), await _farm.SayAsync("DELETE", $"/api/jobs?JobID={a["id"]},{b["id"]}"));
        Assert.Equal("[]", (await _farm.AskAsync("/api/jobs")).ToJsonString());
    }

    [Fact]
    public async Task A_CommandLine_job_runs_the_program_for_each_chunk()
    {
        var job = await SubmitAsync("""
            {"Plugin":"CommandLine","Name":"Convert","Frames":"1-5,8","ChunkSize":"3"}
            """, """
            {"Executable":"convert","Arguments":"<QUOTE>in dir/<QUOTE><STARTFRAME%4>.exr C:\\out\\<ENDFRAME>.png"}
            """);

        Assert.Equal(["1-3", "4-5", "8-8"], (await _farm.DeadlineTasksAsync(job)).Select(task => (string)task!["Frames"]!));
        var task = await (await _farm.AwakeAsync("node", "misc")).TakeAsync();
        Assert.Equal(
            """[{"name":"exec","parameters":{"exe":"convert","args":["in dir/0001.exr","C:\\out\\3.png"]},"total_step_count":0}]""",
            task["commands"]!.ToJsonString());
    }

    [Fact]
    public async Task A_Blender_job_renders_its_frames()
    {
        var job = await SubmitAsync(
            """{"Plugin":"Blender","Name":"Shot","Frames":"1-9x4"}""", """{"SceneFile":"/s/shot.blend","OutputFile":"/out/img_####.exr","Threads":"0"}""");

        Assert.Equal(["1-1", "5-5", "9-9"], (await _farm.DeadlineTasksAsync(job)).Select(task => (string)task!["Frames"]!));
        var command = (await (await _farm.AwakeAsync("node", "blender")).TakeAsync())["commands"]![0]!;
        Assert.Equal("/s/shot.blend", (string)command["parameters"]!["blendfile"]!);
        var arguments = command["parameters"]!["args"]!.AsArray().Select(argument => (string)argument!).ToList();
        Assert.Equal("/out/img_####", arguments[arguments.IndexOf("--render-output") + 1]);
        Assert.Equal("OPEN_EXR", arguments[arguments.IndexOf("--render-format") + 1]);
    }

    [Theory]
    [InlineData("""{"JobInfo":{"Plugin":"Maya"}}""", 501, "Error: The plugin Maya is not implemented; use Blender or CommandLine.")]
    [InlineData("""{"JobInfo":{"Name":"x"}}""", 400, "Error: No Plugin provided.")]
    [InlineData("""{"PluginInfo":{}}""", 400, "Error: No JobInfo provided.")]
    [InlineData("""{"JobInfo":[]}""", 400, "Error: JobInfo must be a JSON object.")]
    [InlineData("""{"Jobs":[]}""", 501, "Error: Submitting several jobs at once is not implemented.")]
    [InlineData("""{"JobInfo":{"Plugin":"CommandLine"}}""", 400, "Error: The CommandLine plugin needs an Executable.")]
    [InlineData("""{"JobInfo":{"Plugin":"Blender"}}""", 400, "Error: The Blender plugin needs a SceneFile.")]
    [InlineData("""{"JobInfo":{"Plugin":"CommandLine","JobDependencies":"a,b"}}""", 501, "Error: JobDependencies is not implemented.")]
    [InlineData("""{"JobInfo":{"Plugin":"CommandLine","EnvironmentKeyValue0":"A=b"}}""", 501, "Error: EnvironmentKeyValue0 is not implemented.")]
    [InlineData("""{"JobInfo":{"Plugin":"CommandLine"},"PluginInfo":{"Executable":"x"},"AuxFiles":["a"]}""", 501, "Error: AuxFiles are not implemented; use paths that all workers can reach.")]
    [InlineData("""{"JobInfo":{"Plugin":"CommandLine"},"PluginInfo":{"Executable":"x","ShellExecute":"True"}}""", 501, "Error: ShellExecute is not implemented; set Executable to the shell.")]
    [InlineData("""{"JobInfo":{"Plugin":"CommandLine","Priority":"high"},"PluginInfo":{"Executable":"x"}}""", 400, "Error: Priority must be an integer from 0 to 100.")]
    [InlineData("""{"JobInfo":{"Plugin":"CommandLine","Frames":"a-b"},"PluginInfo":{"Executable":"x"}}""", 400, "Error: Invalid Frames \"a-b\"; use a frame list like 1-10,20 or 1-100x5.")]
    [InlineData("""{"JobInfo":{"Plugin":"CommandLine","Pool":"gpu"},"PluginInfo":{"Executable":"x"}}""", 400, "Error: Unknown pool or group gpu.")]
    [InlineData("""{"JobInfo":{"Plugin":"CommandLine"},"PluginInfo":{"Executable":"x","Arguments":"\"open"}}""", 400, "Error: Setting \"arguments\": a quote is not closed.")]
    public async Task An_unsupported_submission_is_rejected(string body, int status, string text)
    {
        Assert.Equal((status, text), await _farm.SayAsync("POST", "/api/jobs", body));
        Assert.Equal("[]", (await _farm.AskAsync("/api/jobs")).ToJsonString());
    }

    [Fact]
    public async Task A_job_submitted_suspended_waits_until_it_is_resumed()
    {
        var job = await SubmitAsync("""{"Plugin":"CommandLine","InitialStatus":"Suspended","Frames":"1-2"}""", """{"Executable":"true"}""");
        await _farm.ExpectAsync(job, 3, 3);

        await CommandAsync(job, "resume");

        await _farm.ExpectAsync(job, 2, 2);
        await (await _farm.AwakeAsync("node", "misc")).TakeAsync();
    }

    private async Task<JsonObject> SubmitAsync(string info, string plugin)
    {
        var (status, text) = await _farm.SayAsync("POST", "/api/jobs", $$"""{"JobInfo":{{info}},"PluginInfo":{{plugin}}}""");
        Assert.True(status == 200, text);
        return new JsonObject { ["id"] = (string)JsonNode.Parse(text)!["_id"]! };
    }

    private async Task CommandAsync(JsonObject job, string command) =>
        Assert.Equal((200, "Success"), await _farm.SayAsync("PUT", "/api/jobs", $$"""{"Command":"{{command}}","JobID":"{{job["id"]}}"}"""));

    private async Task<IEnumerable<string>> NamesAsync(string path) =>
        (await _farm.AskAsync(path)).AsArray().Select(job => (string)job!["Props"]!["Name"]!);
}
