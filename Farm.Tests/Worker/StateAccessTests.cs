using System.Runtime.Versioning;
using Farm.Tests.Support;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker;

/// <summary>Which accounts may read what a worker writes.</summary>
[SupportedOSPlatform("linux")]
public sealed class StateAccessTests : IAsyncLifetime
{
    private const string Task1 = "7c1c9a52-8f0f-4a4c-9d53-0d9b0f0a1b2c";

    private readonly TestDirectory _directory = new();
    private FakeManager _manager = null!;

    public async Task InitializeAsync() => _manager = await FakeManager.StartAsync();

    public async Task DisposeAsync()
    {
        await _manager.DisposeAsync();
        _directory.Dispose();
    }

    [LinuxFact]
    public async Task The_state_directory_is_the_accounts_only_while_a_task_runs_and_what_the_task_makes_is_not()
    {
        await using var worker = WorkerFixture.Start(_manager, _directory);
        var made = _directory.File("frames/sh010");
        var script = $"touch {made}/frame.png; sleep 1000";
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(
            Task1, $$$"""{"name":"make-directory","parameters":{"path":"{{{made}}}"}},{"name":"exec","parameters":{"exe":"sh","args":["-c","{{{script}}}"]}}"""));
        while (!File.Exists(Path.Combine(made, "frame.png"))) await Task.Delay(20);

        Assert.Empty(FileAccessOf.Open(_directory.File("state")));
        Assert.True(File.Exists(_directory.File("state/running")));
        Assert.Equal(FileAccessOf.Usual((UnixFileMode)0x1FF), File.GetUnixFileMode(made));
        Assert.Equal(FileAccessOf.Usual((UnixFileMode)0x1B6), File.GetUnixFileMode(Path.Combine(made, "frame.png")));
    }

    [LinuxFact]
    public async Task A_state_directory_that_is_open_is_closed_at_the_start_and_the_log_says_so()
    {
        await using (WorkerFixture.Start(_manager, _directory)) await _manager.WaitForAsync("POST /worker/task");
        FileAccessOf.OpenAll(_directory.File("state"));

        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForAsync("POST /worker/sign-on", count: 2);

        Assert.Empty(FileAccessOf.Open(_directory.File("state")));
        Assert.Contains(worker.Log, line => line.Contains("was open to other accounts"));
    }
}
