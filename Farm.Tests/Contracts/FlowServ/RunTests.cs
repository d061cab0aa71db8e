using System.Text.Json.Nodes;
using Farm.Server.Store.Engine;
using Farm.Tests.Operations.Model;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Contracts/FlowServ/Contract.md sections 2.1 to 2.5 and 2.9, and the owner's document.</summary>
public sealed class RunTests : FlowServTest
{
    [Fact]
    public async Task A_run_goes_from_pending_to_running_to_success()
    {
        var run = await StartedAsync();
        Assert.Equal("PENDING", await StateAsync(run));

        var worker = await Farm.WorkerAsync();
        var task = await worker.TakeAsync();
        Assert.Equal("RUNNING", await StateAsync(run));

        await worker.FinishAsync(task);
        Assert.Equal("SUCCESS", await StateAsync(run));
    }

    [Fact]
    public async Task The_worker_gets_files_steps_and_outputs()
    {
        var upload = await Farm.UploadAsync(GroupId, Alice);
        await Farm.StartRunAsync(
            GroupId, Alice, $"[{Projects.FileArgument("names", upload, "data/mine.txt")},{Hey},{{\"name\":\"pause\",\"value\":\"2\"}}]");

        var worker = await Farm.WorkerAsync();
        var task = await worker.TakeAsync();
        Assert.Equal(["<python> code/greet.py \"data/mine.txt\" --pause 2.0 --greeting Hey ${HOME}"], RunWorker.Lines(task));
        Assert.Equal(["code/greet.py", "data/names.txt", "data/mine.txt"], RunWorker.Plan(task)["files"]!.AsArray().Select(file => (string)file!["path"]!));
        Assert.Equal("Nobody", await worker.InputAsync(task, "data/names.txt"));
        Assert.Equal("Alice\nBob\n", await worker.InputAsync(task, "data/mine.txt"));
        Assert.Equal(["results/greetings.txt", "results/analytics.json"], RunWorker.Plan(task)["outputs"]!.AsArray().Select(path => (string)path!));
        var step = RunWorker.Plan(task)["steps"]![0]!;
        Assert.Equal(("greet", "python:3.9"), ((string)step["name"]!, (string)step["environment"]!));
    }

    [Fact]
    public async Task A_missing_file_argument_uses_the_default_file()
    {
        await StartedAsync();
        Assert.Equal(
            ["<python> code/greet.py \"data/names.txt\" --pause 1 --greeting Hey ${HOME}"], RunWorker.Lines(await (await Farm.WorkerAsync()).TakeAsync()));
    }

    [Fact]
    public async Task An_upload_replaces_the_static_file_at_its_target()
    {
        var upload = await Farm.UploadAsync(GroupId, Alice);
        await Farm.StartRunAsync(GroupId, Alice, $"[{Projects.FileArgument("names", upload)},{Hey}]");
        var worker = await Farm.WorkerAsync();
        Assert.Equal("Alice\nBob\n", await worker.InputAsync(await worker.TakeAsync(), "data/names.txt"));
    }

    [Fact]
    public async Task Arguments_are_returned_as_sent()
    {
        var run = await Farm.StartRunAsync(GroupId, Alice, """[{"value":"5","name":"pause"},{"name":"greeting","value":5.0}]""");
        Assert.Equal("""[{"name":"pause","value":"5"},{"name":"greeting","value":5.0}]""", run["arguments"]!.ToJsonString());
    }

    [Fact]
    public async Task A_failed_run_has_its_workers_messages_and_is_not_retried()
    {
        var run = await StartedAsync();
        var other = await Farm.WorkerAsync("other");
        var worker = await Farm.WorkerAsync();
        await worker.FailRunAsync(await worker.TakeAsync(), "out", "err");

        var handle = await RunAsync(run);
        Assert.Equal("ERROR", (string)handle["state"]!);
        Assert.Equal("""["out","err"]""", handle["messages"]!.ToJsonString());
        using var nothing = await other.ScheduleAsync();
        Assert.Equal(204, (int)nothing.StatusCode);
    }

    [Fact]
    public async Task A_failure_without_messages_has_an_empty_list()
    {
        var run = await StartedAsync();
        var worker = await Farm.WorkerAsync();
        await worker.FailRunAsync(await worker.TakeAsync());
        Assert.Equal("[]", (await RunAsync(run))["messages"]!.ToJsonString());
    }

    [Fact]
    public async Task A_run_without_a_declared_output_ends_in_error_and_names_it()
    {
        var run = await StartedAsync();
        var worker = await Farm.WorkerAsync();
        var task = await worker.TakeAsync();
        await worker.LeaveAsync(task, "results/greetings.txt", "hi");
        await worker.ReportAsync(task, "completed");

        var handle = await RunAsync(run);
        Assert.Equal("ERROR", (string)handle["state"]!);
        Assert.Contains("results/analytics.json", (string)Assert.Single(handle["messages"]!.AsArray())!);
    }

    [Fact]
    public async Task A_workflow_without_a_step_ends_in_error_without_messages()
    {
        var workflow = await Farm.InstallAsync(Projects.Of("workflow: {}"));
        var group = await Farm.GroupAsync(workflow, Alice);
        var run = (string)(await Farm.StartRunAsync(group, Alice))["id"]!;
        await (await Farm.WorkerAsync()).CompleteRunAsync();
        Assert.Equal(("ERROR", "[]"), ((string)(await RunAsync(run))["state"]!, (await RunAsync(run))["messages"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_worker_that_is_lost_is_replaced_and_the_run_started_with_the_first()
    {
        var run = await StartedAsync();
        var lost = await Farm.WorkerAsync("lost");
        var task = await lost.TakeAsync();
        var started = (string)(await RunAsync(run))["startedAt"]!;
        await lost.SignOffAsync();
        Assert.Equal("RUNNING", await StateAsync(run));

        Farm.Farm.Time.Advance(TimeSpan.FromMinutes(1));
        await (await Farm.WorkerAsync("next")).CompleteRunAsync();
        Assert.Equal(409, (int)await lost.LeaveAsync(task, "results/greetings.txt", "late"));
        var handle = await RunAsync(run);
        Assert.Equal(("SUCCESS", started), ((string)handle["state"]!, (string)handle["startedAt"]!));
        Assert.NotEqual(started, (string)handle["finishedAt"]!);
    }

    [Fact]
    public async Task Canceling_ends_the_run_at_once_and_stops_its_worker()
    {
        var run = await StartedAsync();
        var worker = await Farm.WorkerAsync();
        var task = await worker.TakeAsync();
        var started = (string)(await RunAsync(run))["startedAt"]!;
        Farm.Farm.Time.Advance(TimeSpan.FromSeconds(1));

        var handle = await Farm.DoAsync(200, "PUT", $"runs/{run}", Alice, """{"reason":"no need"}""");
        Assert.Equal("CANCELED", (string)handle["state"]!);
        Assert.Equal("""["no need"]""", handle["messages"]!.ToJsonString());
        Assert.Equal(started, (string)handle["startedAt"]!);
        Assert.False((bool)(await worker.MayRunAsync(task))["mayKeepRunning"]!);
        Assert.Equal(409, (int)await worker.LeaveAsync(task, "results/greetings.txt", "late"));
        Assert.Equal(409, (int)await worker.ReportAsync(task, "completed"));
        Assert.Equal("CANCELED", await StateAsync(run));
        Invariants.Check(Farm.Farm.Service<FarmStore>());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"reason":null}""")]
    [InlineData(null)]
    public async Task Without_a_reason_the_default_message_is_used(string? body)
    {
        var handle = await Farm.DoAsync(200, "PUT", $"runs/{await StartedAsync()}", Alice, body);
        Assert.Equal("""["canceled at user request"]""", handle["messages"]!.ToJsonString());
        Assert.Equal((string)handle["finishedAt"]!, (string)handle["startedAt"]!);
    }

    [Theory]
    [InlineData("""{"reason":"x","other":1}""")]
    [InlineData("""{"reason":5}""")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    public async Task A_malformed_body_cancels_nothing(string body)
    {
        var run = await StartedAsync();
        Assert.Equal(400, (await Farm.SayAsync("PUT", $"runs/{run}", Alice, body)).Status);
        Assert.Equal("PENDING", await StateAsync(run));
    }

    [Fact]
    public async Task A_finished_run_cannot_be_canceled()
    {
        var run = await SucceededAsync();
        Assert.Equal((400, "invalid operation for run in state SUCCESS"), (await Farm.SayAsync("PUT", $"runs/{run}", Alice, "{}")).Error);
        Assert.Equal("SUCCESS", await StateAsync(run));
    }

    [Fact]
    public async Task Deleting_a_run_deletes_its_files()
    {
        var run = await SucceededAsync();
        var file = (string)(await RunAsync(run))["files"]![0]!["id"]!;
        var said = await Farm.SayAsync("DELETE", $"runs/{run}", Alice);
        Assert.Equal((204, ""), (said.Status, said.Text));
        foreach (var (method, path) in ((string, string)[])[("GET", ""), ("PUT", ""), ("DELETE", ""), ("GET", "/downloads/archive"), ("GET", $"/downloads/files/{file}")])
            Assert.Equal((404, $"unknown run '{run}'"), (await Farm.SayAsync(method, $"runs/{run}{path}", Alice)).Error);
        Assert.Empty((await Farm.DoAsync(200, "GET", $"groups/{GroupId}/runs", Alice))["runs"]!.AsArray());
    }

    [Theory]
    [InlineData(false, "PENDING")]
    [InlineData(true, "RUNNING")]
    public async Task An_unfinished_run_cannot_be_deleted(bool taken, string state)
    {
        var run = await StartedAsync();
        if (taken) await (await Farm.WorkerAsync()).TakeAsync();
        Assert.Equal((400, $"invalid operation for run in state {state}"), (await Farm.SayAsync("DELETE", $"runs/{run}", Alice)).Error);
        Assert.Equal(state, await StateAsync(run));
    }

    [Fact]
    public async Task The_list_has_all_runs_of_the_group_oldest_first()
    {
        var (first, second) = (await StartedAsync(), await StartedAsync());
        var runs = (await Farm.DoAsync(200, "GET", $"groups/{GroupId}/runs", Alice))["runs"]!.AsArray();
        Assert.Equal([first, second], runs.Select(run => (string)run!["id"]!));
        Assert.Equal(["id", "state", "createdAt"], runs[0]!.AsObject().Select(entry => entry.Key));
    }

    [Theory]
    [InlineData("PENDING", 1)]
    [InlineData("CANCELED", 1)]
    [InlineData("SUCCESS", 0)]
    [InlineData("None", 2)]
    [InlineData("{state}", 2)]
    [InlineData("pending", 2)]
    [InlineData("", 2)]
    public async Task Only_an_exact_state_name_filters(string state, int found)
    {
        await Farm.DoAsync(200, "PUT", $"runs/{await StartedAsync()}", Alice, "{}");
        await StartedAsync();
        var list = await Farm.DoAsync(200, "GET", $"groups/{GroupId}/runs?state={state}", Alice);
        Assert.Equal(found, list["runs"]!.AsArray().Count);
    }

    [Fact]
    public async Task Times_are_utc_with_six_digits_and_in_order()
    {
        var run = await StartedAsync();
        Farm.Farm.Time.Advance(TimeSpan.FromMilliseconds(1234));
        await (await Farm.WorkerAsync()).CompleteRunAsync();
        var handle = await RunAsync(run);
        string[] times = [(string)handle["createdAt"]!, (string)handle["startedAt"]!, (string)handle["finishedAt"]!];
        Assert.All(times, time => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$", time));
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
        Assert.Equal("2026-01-05T10:00:01.234000+00:00", times[1]);
    }

    private Task<JsonNode> RunAsync(string run) => Farm.DoAsync(200, "GET", $"runs/{run}", Alice);

    private async Task<string> StateAsync(string run) => (string)(await RunAsync(run))["state"]!;
}
