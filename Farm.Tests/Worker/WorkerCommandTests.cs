using System.CommandLine;
using Farm.Server.CommandLine;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker;

public sealed class WorkerCommandTests
{
    [Theory]
    [InlineData("--manager", "ftp://farm.local")]
    [InlineData("--manager", "http://")]
    [InlineData("--name", " ")]
    [InlineData("--name", "a\nb")]
    [InlineData("--types", ",")]
    [InlineData("--restart-exit-code", "256")]
    [InlineData("--restart-exit-code", "-1")]
    [InlineData("--max-memory", "15")]
    [InlineData("--max-hours", "-1")]
    [InlineData("--max-hours", "1001")]
    public async Task An_invalid_option_is_rejected_up_front(string option, string value)
    {
        using var error = new StringWriter();
        using var output = new StringWriter();
        var exitCode = await WorkerCommand.Create().Parse([option, value]).InvokeAsync(new InvocationConfiguration { Error = error, Output = output });
        Assert.Equal(1, exitCode);
        Assert.Contains(option, error.ToString());
    }

    [Fact]
    public async Task Options_are_sent_to_the_manager()
    {
        await using var manager = await FakeManager.StartAsync();
        using var directory = new TestDirectory();
        manager.Script = request => request.What == "POST /worker/sign-on" ? new(200, """{"status_requested":"restart"}""") : null;
        string[] arguments =
        [
            "--manager", manager.Address.Authority, "--name", "node 8", "--types", "Blender,misc", "--types", "ffmpeg",
            "--state", directory.File("here"), "--restart-exit-code", "47",
        ];
        var exitCode = await WorkerCommand.Create().Parse(arguments).InvokeAsync();

        Assert.Equal(47, exitCode);
        var signOn = (await manager.WaitForAsync("POST /worker/sign-on")).Json;
        Assert.Equal("node 8", signOn["name"]!.GetValue<string>());
        Assert.Equal("""["blender","misc","ffmpeg"]""", signOn["supported_task_types"]!.ToJsonString());
        Assert.True(signOn["can_restart"]!.GetValue<bool>());
        Assert.True(File.Exists(directory.File("here/credentials.json")));
    }
}
