using Farm.Server.JobTypes.Authoring;
using Farm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.JobTypes.Authoring;

public sealed class FrameRangePropertyTests
{
    private static readonly Gen<(int First, int Last)> Part =
        from first in Gen.Choose(0, 300)
        from length in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(0, 40)))
        select (first, first + length);

    private static readonly Gen<(List<(int First, int Last)> Parts, int Size)> RangeAndSize =
        from count in Gen.Choose(1, 8)
        from parts in Gen.ListOf(Part, count)
        from size in Gen.Choose(1, 60)
        select (parts.ToList(), size);

    [Fact]
    public void Concatenated_chunks_are_the_sorted_distinct_frames() => Rule.HoldsFor(RangeAndSize, sample =>
        Assert.Equal(FramesOf(sample.Parts), Parse(sample.Parts).Chunks(sample.Size).SelectMany(FramesOf)));

    [Fact]
    public void All_chunks_but_the_last_are_full() => Rule.HoldsFor(RangeAndSize, sample =>
    {
        var counts = Parse(sample.Parts).Chunks(sample.Size).Select(chunk => chunk.Count).ToList();

        Assert.Equal(Parse(sample.Parts).ChunkCount(sample.Size), counts.Count);
        Assert.All(counts.SkipLast(1), count => Assert.Equal(sample.Size, count));
        Assert.InRange(counts[^1], 1, sample.Size);
    });

    [Fact]
    public void A_range_round_trips_through_its_text() => Rule.HoldsFor(RangeAndSize, sample =>
    {
        var range = Parse(sample.Parts);

        Assert.Equal(range.Runs, FrameRange.Parse(range.ToString()).Runs);
        Assert.Equal(range.Runs, FrameRange.Parse(range.ToBlenderArgument()).Runs);
    });

    [Fact]
    public void Runs_are_never_adjacent() => Rule.HoldsFor(RangeAndSize, sample =>
    {
        var runs = Parse(sample.Parts).Runs;

        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.Second.First > pair.First.Last + 1));
    });

    private static FrameRange Parse(IEnumerable<(int First, int Last)> parts) =>
        FrameRange.Parse(string.Join(',', parts.Select(part => $"{part.First}-{part.Last}")));

    private static IEnumerable<int> FramesOf(IEnumerable<(int First, int Last)> parts) =>
        parts.SelectMany(part => Enumerable.Range(part.First, part.Last - part.First + 1)).Distinct().Order();

    private static IEnumerable<int> FramesOf(FrameRange range) => FramesOf(range.Runs.Select(run => (run.First, run.Last)));
}
