using System.Diagnostics;
using Farm.Server.Worker.Commands;
using Farm.Server.Worker.Drawing;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Commands;

public sealed class FramesToVideoCommandTests : IDisposable
{
    private readonly CommandFixture _fixture = new();

    [Fact]
    public void The_list_has_a_duration_for_each_frame_and_escaped_quotes() =>
        Assert.Equal(
            "ffconcat version 1.0\nfile '/a/it'\\''s.png'\nduration 0.04166667\nfile '/a/2.png'\nduration 0.04166667\n",
            FramesToVideoCommand.ConcatList(["/a/it's.png", "/a/2.png"], 24));

    [Fact]
    public async Task The_command_fails_without_frames_before_running_anything()
    {
        var error = await _fixture.FailAsync("frames-to-video", Parameters("no-such-program", 24, "*.png"));
        Assert.StartsWith("no file matches ", error.Message);
    }

    [Fact]
    public async Task A_frame_rate_of_zero_is_rejected()
    {
        var error = await _fixture.FailAsync("frames-to-video", Parameters("ffmpeg", 0, "*.png"));
        Assert.Equal("parameter 'fps' must be greater than 0: 0", error.Message);
    }

    [NeedsToolFact("ffmpeg", "ffprobe")]
    public Task Each_frame_is_in_the_video_once_at_24() => EachFrameOnceAsync(24, "24/1");

    [NeedsToolFact("ffmpeg", "ffprobe")]
    public Task Each_frame_is_in_the_video_once_at_30() => EachFrameOnceAsync(30, "30/1");

    [NeedsToolFact("ffmpeg", "ffprobe")]
    public Task Each_frame_is_in_the_video_once_at_23_976() => EachFrameOnceAsync(23.976, "2997/125");

    public void Dispose() => _fixture.Dispose();

    private object Parameters(string exe, double fps, string pattern) => new
    {
        exe,
        exeArgs = "-hide_banner",
        fps,
        inputGlob = _fixture.Directory.File($"it's [here]/{pattern}"),
        outputFile = _fixture.Directory.File("video/out.mp4"),
        argsBefore = Array.Empty<string>(),
        args = new object[] { "-c:v", "mpeg4", "-q:v", 4, "-r", fps, "-y" },
    };

    private async Task EachFrameOnceAsync(double fps, string rate)
    {
        var frames = _fixture.Directory.File("it's [here]");
        Directory.CreateDirectory(frames);
        for (var frame = 1; frame <= 25; frame++)
        {
            using var file = File.Create(Path.Combine(frames, $"{frame:000000}.png"));
            FramePng.Write(file, 32, 18, FrameDrawer.Draw(32, 18, frame / 25f));
        }

        await _fixture.RunAsync("frames-to-video", Parameters("ffmpeg", fps, "*.png"));

        var probe = new ProcessStartInfo("ffprobe")
        {
            ArgumentList =
            {
                "-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames,r_frame_rate", "-of", "csv=p=0",
                _fixture.Directory.File("video/out.mp4"),
            },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(probe)!;
        Assert.Equal($"{rate},25", (await process.StandardOutput.ReadToEndAsync()).Trim());
    }
}
