using Farm.Server.JobTypes.Authoring;

namespace Farm.Tests.JobTypes.Authoring;

public sealed class FrameRangeTests
{
    [Theory]
    [InlineData("5", "5")]
    [InlineData("1-10,20..25,40", "1-10,20-25,40")]
    [InlineData(" 1 - 3 , 7 .. 9 ", "1-3,7-9")]
    [InlineData("6,7", "6,7")]
    [InlineData("6-7", "6,7")]
    [InlineData("5-5", "5")]
    [InlineData("0-2", "0-2")]
    [InlineData("007", "7")]
    public void A_range_can_use_a_hyphen_or_two_dots(string text, string written) =>
        Assert.Equal(written, FrameRange.Parse(text).ToString());

    [Theory]
    [InlineData("40,1-3,2-5,4", "1-5,40")]
    [InlineData("3,2,1", "1-3")]
    [InlineData("1-3,4-6", "1-6")]
    [InlineData("1-100,5,50-60", "1-100")]
    public void Frames_are_sorted_and_deduplicated(string text, string written) =>
        Assert.Equal(written, FrameRange.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(",")]
    [InlineData("1-10,")]
    [InlineData("a")]
    [InlineData("1-")]
    [InlineData("1...3")]
    [InlineData("1-2-3")]
    [InlineData("1.5")]
    [InlineData("10-1")]
    [InlineData("99999999999")]
    [InlineData("1 2")]
    [InlineData("٣")]
    public void An_invalid_range_is_rejected(string text) => Assert.Throws<FormatException>(() => FrameRange.Parse(text));

    [Theory]
    [InlineData("-5")]
    [InlineData("-5-3")]
    [InlineData("1-10,-3..-1")]
    public void Negative_frames_are_rejected_because_Blender_would_render_other_frames(string text) =>
        Assert.Contains("frames below 0 cannot be rendered", Assert.Throws<FormatException>(() => FrameRange.Parse(text)).Message);

    [Fact]
    public void The_error_names_the_invalid_part()
    {
        var refusal = Assert.Throws<FormatException>(() => FrameRange.Parse("1-10, 30-20 ,40"));

        Assert.Equal("\"30-20\" is no range of frames: it ends before it begins.", refusal.Message);
    }

    [Theory]
    [InlineData("1-10", 5, "1-5|6-10")]
    [InlineData("1-7", 5, "1-5|6,7")]
    [InlineData("1-3", 1, "1|2|3")]
    [InlineData("1-3", 100, "1-3")]
    [InlineData("1-3,10-12,20", 4, "1-3,10|11,12,20")]
    public void Chunks_have_the_given_size_and_span_gaps(string text, int size, string chunks)
    {
        var range = FrameRange.Parse(text);

        Assert.Equal(chunks.Split('|'), range.Chunks(size).Select(chunk => chunk.ToString()));
        Assert.Equal(chunks.Split('|').Length, range.ChunkCount(size));
    }

    [Fact]
    public void A_chunk_size_below_one_is_rejected_immediately() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameRange.Parse("1-3").Chunks(0));

    [Fact]
    public void Chunks_of_a_huge_range_are_created_lazily()
    {
        var range = FrameRange.Parse("0-2147483646");

        Assert.Equal(2147483647, range.Count);
        Assert.Equal(["0", "1", "2"], range.Chunks(1).Take(3).Select(chunk => chunk.ToString()));
        Assert.Equal([range.ToString()], range.Chunks(int.MaxValue).Select(chunk => chunk.ToString()));
    }

    [Fact]
    public void The_Blender_argument_uses_two_dots() => Assert.Equal("1..5,8,10,11", FrameRange.Parse("1-5,8,10-11").ToBlenderArgument());

    [Fact]
    public void A_range_has_a_first_and_last_frame_and_a_count()
    {
        var range = FrameRange.Parse("40,10-20");

        Assert.Equal((10, 40, 12), (range.First, range.Last, range.Count));
    }
}
