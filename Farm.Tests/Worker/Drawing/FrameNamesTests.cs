using Farm.Server.Worker.Drawing;

namespace Farm.Tests.Worker.Drawing;

public sealed class FrameNamesTests
{
    [Theory]
    [InlineData("7", new[] { 7 })]
    [InlineData("1..5", new[] { 1, 2, 3, 4, 5 })]
    [InlineData("1,2,5", new[] { 1, 2, 5 })]
    [InlineData("-2..1,9", new[] { -2, -1, 0, 1, 9 })]
    public void Frames_are_parsed_as_by_Blender(string text, int[] frames) => Assert.Equal(frames, FrameNumbers.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1..")]
    [InlineData("1..2..3")]
    [InlineData("5..1")]
    [InlineData("1,,2")]
    [InlineData("1..2000000000")]
    public void An_invalid_list_of_frames_is_rejected(string text) => Assert.Throws<FormatException>(() => FrameNumbers.Parse(text));

    [Theory]
    [InlineData("/out/######", 7, "/out/000007.png")]
    [InlineData("/out/a##b", 123, "/out/a123b.png")]
    [InlineData("/o#t/frame", 7, "/o7t/frame.png")]
    [InlineData("/out/frame", 7, "/out/frame0007.png")]
    [InlineData("/out/######.png", 7, "/out/000007.png")]
    [InlineData("/out/####", -7, "/out/-007.png")]
    public void Hash_marks_become_the_frame_number(string pattern, int frame, string path) =>
        Assert.Equal(path, FrameFileName.For(pattern, frame));
}
