using System.Text.Json.Nodes;
using Farm.Server.Worker;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker;

public sealed class RegistrationTests : IAsyncLifetime
{
    private const string Register = "POST /worker/register-worker";
    private const string SignOn = "POST /worker/sign-on";
    private const string SignOff = "POST /worker/sign-off";

    private readonly TestDirectory _directory = new();
    private FakeManager _manager = null!;

    private string CredentialsFile => _directory.File("state/credentials.json");

    public async Task InitializeAsync() => _manager = await FakeManager.StartAsync();

    [Fact]
    public async Task A_worker_registers_signs_on_reports_awake_and_requests_a_task()
    {
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForAsync("POST /worker/task");
        Assert.Equal([Register, SignOn, "POST /worker/state-changed", "POST /worker/task"], _manager.Requests.Take(4).Select(r => r.What));

        var registration = _manager.Requests[0].Json;
        Assert.Matches("^[0-9a-f]{64}$", registration["secret"]!.GetValue<string>());
        Assert.Equal("node-07", registration["name"]!.GetValue<string>());
        Assert.Equal("""["misc"]""", registration["supported_task_types"]!.ToJsonString());
        Assert.Null(_manager.Requests[0].User);

        Assert.Equal(
            $$"""{"name":"node-07","supported_task_types":["misc"],"software_version":"{{SoftwareVersion.Text}}","can_restart":false}""",
            _manager.Requests[1].Text);
        Assert.Equal("""{"status":"awake"}""", _manager.Requests[2].Text);
        Assert.All(_manager.Requests.Skip(1), request => Assert.Equal("0b6f3f0e-5a86-4a41-9a0e-0b7a2f1d9c11", request.User));
    }

    [Fact]
    public async Task A_registration_that_is_tried_again_has_the_same_key_so_that_the_farm_has_one_worker()
    {
        _manager.Script = request => request.What == Register && _manager.Requests.Count(r => r.What == Register) < 2 ? new(503) : null;
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForAsync("POST /worker/task");
        var tries = _manager.Requests.Where(request => request.What == Register).ToList();
        Assert.Equal(3, tries.Count);
        Assert.Equal(36, Assert.Single(tries.Select(request => request.Key).Distinct())!.Length);
        Assert.Single(tries.Select(request => request.Text).Distinct());
    }

    [Fact]
    public async Task Credentials_are_readable_only_by_the_owner_and_reused()
    {
        await using (WorkerFixture.Start(_manager, _directory)) await _manager.WaitForAsync("POST /worker/task");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CredentialsFile));

        await using (WorkerFixture.Start(_manager, _directory)) await _manager.WaitForAsync(SignOn, count: 2);

        Assert.Single(_manager.Requests, request => request.What == Register);
    }

    [Fact]
    public async Task The_secret_is_not_logged()
    {
        await using var worker = WorkerFixture.Start(_manager, _directory);
        var secret = (await _manager.WaitForAsync(Register)).Json["secret"]!.GetValue<string>();
        await _manager.WaitForAsync("POST /worker/task");
        Assert.NotEmpty(worker.Log);
        Assert.DoesNotContain(worker.Log, line => line.Contains(secret));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(404)]
    public async Task An_error_at_sign_on_does_not_register_a_second_worker(int status)
    {
        _manager.Script = request => request.What == SignOn && _manager.Requests.Count(r => r.What == SignOn) < 3 ? new(status) : null;
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForAsync("POST /worker/task");
        Assert.Equal(4, _manager.Requests.Count(request => request.What == SignOn));
        Assert.Single(_manager.Requests, request => request.What == Register);
    }

    [Fact]
    public async Task A_worker_waits_for_a_manager_that_is_not_running_yet()
    {
        await _manager.CloseAsync();
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.OpenAsync();
        await _manager.WaitForAsync("POST /worker/task");
    }

    [Fact]
    public async Task A_worker_unknown_at_sign_on_registers_again_and_keeps_its_old_credentials()
    {
        await using (WorkerFixture.Start(_manager, _directory)) await _manager.WaitForAsync("POST /worker/task");
        var old = await File.ReadAllTextAsync(CredentialsFile);
        var isNew = false;
        _manager.Script = request =>
        {
            isNew |= request.What == Register;
            if (request.What == Register) return new(200, """{"uuid":"11111111-5a86-4a41-9a0e-0b7a2f1d9c11"}""");
            return request.What == SignOn && !isNew ? new(403, """{"code":403,"message":"no such worker"}""") : null;
        };

        await using (WorkerFixture.Start(_manager, _directory)) await _manager.WaitForAsync("POST /worker/task", count: 3);

        Assert.Equal(old, await File.ReadAllTextAsync(_directory.File("state/credentials.previous.json")));
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(CredentialsFile))!;
        Assert.Equal("11111111-5a86-4a41-9a0e-0b7a2f1d9c11", kept["uuid"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_new_worker_that_is_still_unknown_does_not_register_again()
    {
        _manager.Script = request => request.What == SignOn ? new(403) : null;
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForAsync(SignOn, count: 5);
        Assert.Single(_manager.Requests, request => request.What == Register);
    }

    [Fact]
    public async Task A_rejected_registration_ends_the_worker_with_the_managers_message()
    {
        _manager.Script = request => request.What == Register ? new(400, """{"code":400,"message":"name must not be empty"}""") : null;
        await using var worker = WorkerFixture.Start(_manager, _directory);
        Assert.Equal(WorkerProgram.CannotStart, await worker.Running.WaitAsync(FakeManager.Timeout));
        Assert.Contains(worker.Log, line => line.Contains("refused to register") && line.Contains("name must not be empty"));
        Assert.DoesNotContain(_manager.Requests, request => request.What == SignOff);
    }

    [Fact]
    public async Task Corrupt_credentials_are_rejected_and_left_unchanged()
    {
        Directory.CreateDirectory(_directory.File("state"));
        await File.WriteAllTextAsync(CredentialsFile, """{"uuid": 5""");
        await using var worker = WorkerFixture.Start(_manager, _directory);
        Assert.Equal(WorkerProgram.CannotStart, await worker.Running.WaitAsync(FakeManager.Timeout));
        Assert.Equal("""{"uuid": 5""", await File.ReadAllTextAsync(CredentialsFile));
        Assert.Empty(_manager.Requests);
    }

    [Fact]
    public async Task Two_workers_cannot_share_a_state_directory()
    {
        await using var first = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForAsync("POST /worker/task");
        await using var second = WorkerFixture.Start(_manager, _directory);
        Assert.Equal(WorkerProgram.CannotStart, await second.Running.WaitAsync(FakeManager.Timeout));
        Assert.Contains(second.Log, line => line.Contains("in use by another worker"));
    }

    public async Task DisposeAsync()
    {
        await _manager.DisposeAsync();
        _directory.Dispose();
    }
}
