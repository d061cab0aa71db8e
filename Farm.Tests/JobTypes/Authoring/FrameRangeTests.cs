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
    public void Ranges_are_written_with_a_minus_or_two_dots(string text, string written) =>
        Assert.Equal(written, FrameRange.Parse(text).ToString());

    [Theory]
    [InlineData("40,1-3,2-5,4", "1-5,40")]
    [InlineData("3,2,1", "1-3")]
    [InlineData("1-3,4-6", "1-6")]
    [InlineData("1-100,5,50-60", "1-100")]
    public void Frames_are_sorted_and_each_counts_once(string text, string written) =>
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
    public void What_is_no_range_is_refused(string text) => Assert.Throws<FormatException>(() => FrameRange.Parse(text));

    [Theory]
    [InlineData("-5")]
    [InlineData("-5-3")]
    [InlineData("1-10,-3..-1")]
    public void Frames_below_0_are_refused_because_Blender_would_render_others(string text) =>
        Assert.Contains("frames below 0 cannot be rendered", Assert.Throws<FormatException>(() => FrameRange.Parse(text)).Message);

    [Fact]
    public void A_refusal_names_the_part_that_is_wrong()
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
    public void Chunks_hold_so_many_frames_each_and_reach_over_gaps(string text, int size, string chunks)
    {
        var range = FrameRange.Parse(text);

        Assert.Equal(chunks.Split('|'), range.Chunks(size).Select(chunk => chunk.ToString()));
        Assert.Equal(chunks.Split('|').Length, range.ChunkCount(size));
    }

    [Fact]
    public void A_chunk_of_less_than_one_frame_is_refused_at_once() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameRange.Parse("1-3").Chunks(0));

    [Fact]
    public void Chunks_of_a_huge_range_are_made_while_they_are_asked_for()
    {
        var range = FrameRange.Parse("0-2147483646");

        Assert.Equal(2147483647, range.Count);
        Assert.Equal(["0", "1", "2"], range.Chunks(1).Take(3).Select(chunk => chunk.ToString()));
        Assert.Equal([range.ToString()], range.Chunks(int.MaxValue).Select(chunk => chunk.ToString()));
    }

    [Fact]
    public void Blender_wants_two_dots() => Assert.Equal("1..5,8,10,11", FrameRange.Parse("1-5,8,10-11").ToBlenderArgument());

    [Fact]
    public void A_range_knows_its_first_and_last_frame()
    {
        var range = FrameRange.Parse("40,10-20");

        Assert.Equal((10, 40, 12), (range.First, range.Last, range.Count));
    }
}
