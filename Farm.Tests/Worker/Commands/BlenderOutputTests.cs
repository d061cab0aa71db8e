using Farm.Server.Worker.Commands;

namespace Farm.Tests.Worker.Commands;

public sealed class BlenderOutputTests
{
    [Theory]
    [InlineData(" Time: 00:00.26 (Saving: 00:00.19)")] // 2.8 to 4.x
    [InlineData("Time: 01:02:03.45 (Saving: 00:00.19)")] // more than an hour
    [InlineData("Saved: '/out/000001.png' Time: 00:05.61 (Saving: 00:00.18)")] // 2.7x, one line
    [InlineData("00:04.217  render           |  Time: 00:04.05 (Saving: 00:00.08)")] // with a time in front
    public void A_render_time_with_a_saving_time_ends_a_frame(string line) => Assert.True(BlenderOutput.IsFrameDone(line));

    [Theory]
    [InlineData("Fra:1 Mem:9.35M (Peak 9.42M) | Time:00:00.00 | Mem:0.00M, Peak:0.00M | Scene, ViewLayer | Synchronizing object | Cube")]
    [InlineData("Fra:7 Mem:21.05M (Peak 21.05M) | Time:00:00.61 | Remaining:00:03.09 | Mem:0.84M, Peak:0.84M | Scene, ViewLayer | Sample 1/16")]
    [InlineData("Rendering Time: soon (Saving: a lot)")]
    [InlineData("Blender quit")]
    public void Progress_within_a_frame_is_not_a_step(string line) => Assert.False(BlenderOutput.IsFrameDone(line));

    [Fact]
    public void A_skipped_frame_is_recognized() => Assert.True(BlenderOutput.IsFrameSkipped("skipping existing frame \"/out/000001.png\""));

    [Theory]
    [InlineData("Saved: '/out/000001.png'", "/out/000001.png")]
    [InlineData("Saved: 'C:\\out\\000001.png'", "C:\\out\\000001.png")]
    [InlineData("Saved: '/out/it's here/000001.exr'", "/out/it's here/000001.exr")]
    [InlineData("Saved: '/out/000001.png' Time: 00:05.61 (Saving: 00:00.18)", "/out/000001.png")]
    [InlineData("00:04.139  render           | Saved: '/out/000001.png'", "/out/000001.png")]
    [InlineData("Saved nothing", null)]
    public void The_saved_file_is_recognized(string line, string? path) => Assert.Equal(path, BlenderOutput.SavedFile(line));
}
