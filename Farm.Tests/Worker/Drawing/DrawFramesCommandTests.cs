using System.CommandLine;
using Farm.Server.CommandLine;
using Farm.Server.Worker.Commands;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Drawing;

public sealed class DrawFramesCommandTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    [Fact]
    public async Task It_draws_the_given_frames_with_output_like_Blenders()
    {
        var (exitCode, output, _) = await RunAsync("--render-frame", "1..2,5", "--frames-total", "8");
        Assert.Equal(0, exitCode);
        string[] paths = [_directory.File("out/000001.png"), _directory.File("out/000002.png"), _directory.File("out/000005.png")];
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(paths, lines.Select(BlenderOutput.SavedFile).OfType<string>());
        Assert.Equal(3, lines.Count(BlenderOutput.IsFrameDone));
        Assert.Equal(paths, Directory.GetFiles(_directory.File("out")).Order());
    }

    [Fact]
    public async Task Frames_differ_and_the_animation_loops()
    {
        await RunAsync("--render-frame", "1..2,9", "--frames-total", "8");
        var frames = Directory.GetFiles(_directory.File("out")).Order().Select(File.ReadAllBytes).ToList();
        Assert.NotEqual(frames[0], frames[1]);
        Assert.Equal(frames[0], frames[2]);
    }

    [NeedsToolFact("ffmpeg")]
    public async Task FFmpeg_can_read_the_frames()
    {
        await RunAsync("--render-frame", "3");
        using var fixture = new CommandFixture();
        await fixture.RunAsync("exec", new { exe = "ffmpeg", args = new[] { "-v", "error", "-i", _directory.File("out/000003.png"), "-f", "null", "-" } });
        Assert.Empty(fixture.Log);
    }

    [Theory]
    [InlineData("--render-frame", "5..1")]
    [InlineData("--render-format", "EXR")]
    [InlineData("--size", "0x10")]
    [InlineData("--frames-total", "0")]
    [InlineData("--pause-ms", "-1")]
    public async Task An_invalid_option_is_rejected(string option, string value)
    {
        string[] frame = option == "--render-frame" ? [] : ["--render-frame", "1"];
        var (exitCode, _, error) = await RunAsync([.. frame, option, value]);
        Assert.NotEqual(0, exitCode);
        Assert.NotEmpty(error);
        Assert.False(Directory.Exists(_directory.File("out")));
    }

    [Fact]
    public async Task A_frame_that_cannot_be_saved_is_reported_in_plain_words()
    {
        await File.WriteAllTextAsync(_directory.File("out"), "a file in the way");
        var (exitCode, _, error) = await RunAsync("--render-frame", "1");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Cannot save a frame: ", error);
    }

    public void Dispose() => _directory.Dispose();

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        string[] size = arguments.Contains("--size") ? [] : ["--size", "48x27"];
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = DrawFramesCommand.Create().Parse(["--render-output", _directory.File("out/######"), .. size, .. arguments]);
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (exitCode, output.ToString(), error.ToString());
    }
}
