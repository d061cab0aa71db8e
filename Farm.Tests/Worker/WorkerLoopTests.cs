using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker;

public sealed class WorkerLoopTests : IAsyncLifetime
{
    private const string Task1 = "7c1c9a52-8f0f-4a4c-9d53-0d9b0f0a1b2c";
    private const string SignOn = "POST /worker/sign-on";
    private const string SignOff = "POST /worker/sign-off";
    private const string StateChanged = "POST /worker/state-changed";
    private const string AskForTask = "POST /worker/task";

    private readonly TestDirectory _directory = new();
    private FakeManager _manager = null!;

    public async Task InitializeAsync() => _manager = await FakeManager.StartAsync();

    [Fact]
    public async Task A_worker_asked_to_sleep_by_423_reports_asleep_and_wakes_up_on_request()
    {
        _manager.Script = request => request.What switch
        {
            AskForTask when Count(StateChanged) == 1 => Requested("asleep", 423),
            "GET /worker/state" when Count("GET /worker/state") >= 3 => Requested("awake"),
            _ => null,
        };
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForAsync(AskForTask, count: 2);

        Assert.Equal(
            ["""{"status":"awake"}""", """{"status":"asleep"}""", """{"status":"awake"}"""],
            _manager.Requests.Where(request => request.What == StateChanged).Select(request => request.Text));
        Assert.True(Count("GET /worker/state") >= 3);
    }

    [Theory]
    [InlineData("asleep")]
    [InlineData("testing")]
    [InlineData("error")]
    [InlineData("starting")]
    [InlineData("something-new")]
    public async Task A_status_that_a_worker_cannot_take_makes_it_sleep(string status)
    {
        _manager.Script = request => request.What == SignOn ? Requested(status) : null;
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForAsync("GET /worker/state");
        Assert.Equal("""{"status":"asleep"}""", (await _manager.WaitForAsync(StateChanged)).Text);
        Assert.Equal(0, Count(AskForTask));
    }

    [Theory]
    [InlineData("offline", 0)]
    [InlineData("restart", 47)]
    public async Task A_worker_asked_to_go_offline_or_restart_signs_off_and_exits_with_the_matching_code(string status, int exitCode)
    {
        _manager.Script = request => request.What == AskForTask ? Requested(status, 423) : null;
        await using var worker = WorkerFixture.Start(WorkerFixture.Options(_manager, _directory) with { RestartExitCode = 47 });
        Assert.Equal(exitCode, await worker.Running.WaitAsync(FakeManager.Timeout));
        Assert.Equal(SignOff, _manager.Requests[^1].What);
        Assert.True((await _manager.WaitForAsync(SignOn)).Json["can_restart"]!.GetValue<bool>());
        Assert.Equal(1, Count(StateChanged));
    }

    [Theory]
    [InlineData(409)]
    [InlineData(403)]
    public async Task A_worker_that_the_manager_no_longer_knows_signs_on_again(int status)
    {
        _manager.Script = request => request.What == AskForTask && Count(SignOn) == 1 ? new(status) : null;
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForAsync(StateChanged, count: 2);
        await _manager.WaitForAsync(request => request.What == AskForTask, count: 2);
        Assert.Equal(1, Count("POST /worker/register-worker"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(404)]
    public async Task Any_other_response_makes_the_worker_retry_later(int status)
    {
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, ""));
        _manager.Script = request => request.What == AskForTask && Count(AskForTask) < 2 ? new(status) : null;
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForEndAsync(Task1);
        Assert.Equal(1, Count(SignOn));
    }

    [Fact]
    public async Task Text_that_is_not_a_task_is_ignored()
    {
        _manager.Tasks.Enqueue("""{"uuid":""");
        _manager.Tasks.Enqueue("""{"uuid":null,"commands":[]}""");
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, ""));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForEndAsync(Task1);
    }

    [Fact]
    public async Task A_stopped_worker_signs_off()
    {
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForAsync(AskForTask);
        Assert.Equal(0, await worker.StopAsync());
        Assert.Equal(SignOff, _manager.Requests[^1].What);
    }

    public async Task DisposeAsync()
    {
        await _manager.DisposeAsync();
        _directory.Dispose();
    }

    private static Reply Requested(string status, int code = 200) => new(code, $$"""{"status_requested":"{{status}}"}""");

    private int Count(string what) => _manager.Requests.Count(request => request.What == what);
}
