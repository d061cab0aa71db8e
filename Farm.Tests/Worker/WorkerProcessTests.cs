using System.Diagnostics;
using System.Text.Json;
using Farm.Server.Worker.Processes;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker;

/// <summary>The worker as a separate process.</summary>
public sealed class WorkerProcessTests : IAsyncLifetime
{
    private const string Task1 = "7c1c9a52-8f0f-4a4c-9d53-0d9b0f0a1b2c";

    private readonly TestDirectory _directory = new();
    private FakeManager _manager = null!;

    public async Task InitializeAsync() => _manager = await FakeManager.StartAsync();

    [NeedsToolFact("setpriv", "sh", "sleep")]
    public async Task A_killed_worker_leaves_no_program_running()
    {
        using var worker = Start();
        _manager.Tasks.Enqueue(Task("exec", new { exe = "sh", args = new[] { "-c", Talk(11 * 1024) + "exec sleep 1000" } }));
        var programId = await ProgramIdAsync();
        using var program = Process.GetProcessById(programId);

        worker.Kill();

        await program.WaitForExitAsync().WaitAsync(FakeManager.Timeout);
    }

    [NeedsToolFact("kill", "sh", "sleep")]
    public async Task A_terminated_worker_kills_its_program_and_signs_off()
    {
        using var worker = Start();
        _manager.Tasks.Enqueue(Task("exec", new { exe = "sh", args = new[] { "-c", Talk(11 * 1024) + "exec sleep 1000" } }));
        var programId = await ProgramIdAsync();

        using (var kill = Process.Start("kill", ["-TERM", worker.Id.ToString()])) await kill.WaitForExitAsync();
        await worker.WaitForExitAsync().WaitAsync(FakeManager.Timeout);

        Assert.Equal(0, worker.ExitCode);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(programId));
        Assert.Equal("POST /worker/sign-off", _manager.Requests[^1].What);
    }

    [Fact]
    public async Task The_executable_can_draw_frames_itself()
    {
        using var worker = Start();
        var parameters = new
        {
            exe = "{farm}",
            exeArgs = "draw-frames",
            blendfile = "",
            args = new[] { "--render-output", _directory.File("out/######"), "--render-frame", "1..2", "--size", "48x27" },
        };
        _manager.Tasks.Enqueue(Task("blender-render", parameters, steps: 2));
        Assert.Equal("completed", (await _manager.WaitForEndAsync(Task1)).Json["taskStatus"]!.GetValue<string>());
        Assert.Equal([1, 2], _manager.UpdatesOf(Task1).Select(update => (int?)update.Json["steps_completed"]).OfType<int>());
        var frame = await _manager.WaitForAsync($"POST /worker/task/{Task1}/output-produced");
        Assert.Equal("image/png", frame.ContentType);
        Assert.Equal(["000001.png", "000002.png"], Directory.GetFiles(_directory.File("out")).Select(Path.GetFileName).Order());
        worker.Kill();
    }

    public async Task DisposeAsync()
    {
        await _manager.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>The start of a script that prints enough to fill a log chunk.</summary>
    private static string Talk(int bytes) => $"echo own pid $$; head -c {bytes} /dev/zero | tr '\\0' x; echo; ";

    private static string Task(string command, object parameters, int steps = 0) => FakeManager.AssignedTask(
        Task1, $$"""{"name":"{{command}}","parameters":{{JsonSerializer.Serialize(parameters)}},"total_step_count":{{steps}}}""");

    private async Task<int> ProgramIdAsync()
    {
        var update = await _manager.WaitForAsync(request => request.IsUpdateOf(Task1) && request.Text.Contains("own pid"));
        return int.Parse(update.Json["log"]!.GetValue<string>().Split("own pid ")[1].Split('\n')[0]);
    }

    private Process Start()
    {
        var (program, arguments) = FarmExecutable.Resolve();
        var start = new ProcessStartInfo(program) { WorkingDirectory = _directory.Path };
        foreach (var argument in (string[])[.. arguments, "worker", "--manager", _manager.Address.AbsoluteUri, "--name", "node"])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
