using System.Text;
using Farm.Server.Operations.Images;
using Farm.Server.Operations.Images.Inspection;
using Farm.Tests.Operations.Images.Inspection;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Operations.Images;

/// <summary>Pictures made to harm: each is decoded in the memory it may have, or not at all.</summary>
public class HostileImageTests
{
    private const long Megabyte = 1024 * 1024;
    private const long BombBytes = 256 * Megabyte;

    private static readonly byte[] GreyRows = [0, 1, 2, 3, 4, 0, 5, 6, 7, 8, 0, 1, 2, 3, 4, 0, 5, 6, 7, 8];

    [Fact]
    public void A_picture_of_400_megapixels_is_refused_before_it_is_decoded()
    {
        var verdict = ImageInspector.Inspect(new MemoryStream([.. SampleImages.PngSignature, .. SampleImages.Header(20_000, 20_000)]));
        Assert.Equal(ImageFault.TooLarge, verdict.Fault);
    }

    [Fact]
    public void A_picture_that_needs_more_memory_than_allowed_takes_none()
    {
        var run = Decode(SampleImages.Png(2000, 1000), limit: 4 * Megabyte);
        Assert.Equal("2000 x 1000 pixels need more than 4194304 bytes of memory", run.Problem);
        Assert.Equal(0, run.Peak);
    }

    [Fact]
    public void The_largest_picture_that_is_decoded_takes_no_more_memory_than_allowed()
    {
        var settings = new ImageSettings { ArtifactsDirectory = "" };
        var run = Decode(SampleImages.Png(14_000, 9_000), settings.MaxDecodedBytes);
        Assert.Null(run.Problem);
        Assert.InRange(run.Peak, 14_000L * 9_000 * 4, settings.MaxDecodedBytes);
        Assert.True(run.Managed < 8 * Megabyte, $"{run.Managed} bytes beside the limit");
    }

    [Fact]
    public void A_progressive_jpeg_that_needs_more_memory_than_its_pixels_meets_the_limit_and_gives_all_back()
    {
        var run = Decode(SampleJpeg.Make(4000, 4000, [1, 2, 3], SampleJpeg.Progressive, isCutShort: true), limit: 64 * Megabyte);
        Assert.NotNull(run.Problem);
        Assert.InRange(run.Peak, 48_000_000, 64 * Megabyte);
        Assert.Equal(0, run.LeftInUse);
    }

    [Theory]
    [InlineData("zTXt", "Comment\0\0")]
    [InlineData("iTXt", "Comment\0\u0001\0\0\0")]
    [InlineData("iCCP", "Profile\0\0")]
    public void Compressed_text_and_colour_profiles_are_not_inflated(string type, string beginning)
    {
        byte[] content = [.. Encoding.Latin1.GetBytes(beginning), .. SampleImages.PackedZeros(BombBytes)];
        var run = Decode(SampleImages.Png(SampleImages.Header(4, 4), GreyRows, SampleImages.Chunk(type, content)));
        Assert.Null(run.Problem);
        Assert.True(run.Managed < 2 * Megabyte, $"{run.Managed} bytes for {type}");
        Assert.True(run.Peak < 2 * Megabyte, $"{run.Peak} bytes for {type}");
    }

    [Fact]
    public void Picture_data_is_inflated_no_further_than_the_picture_goes()
    {
        byte[] bomb =
        [
            .. SampleImages.PngSignature, .. SampleImages.Header(4, 4), .. SampleImages.Chunk("IDAT", SampleImages.PackedZeros(BombBytes)),
            .. SampleImages.Chunk("IEND", []),
        ];
        var run = Decode(bomb);
        Assert.Null(run.Problem);
        Assert.True(run.Managed < 2 * Megabyte, $"{run.Managed} bytes");
        Assert.True(run.Peak < 2 * Megabyte, $"{run.Peak} bytes");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_png_whose_data_ends_early_is_not_decoded_and_ends(bool isInterlaced) => Assert.Equal(
        "the picture's data is shorter than its header says",
        Decode(SampleImages.Png(SampleImages.Header(8, 5, isInterlaced: isInterlaced), GreyRows)).Problem);

    [Fact]
    public void An_interlaced_png_with_data_in_two_places_ends()
    {
        var whole = SampleImages.Png(SampleImages.Header(8, 8, isInterlaced: true), new byte[79]);
        Assert.Null(Decode([.. whole[..^12], .. SampleImages.Chunk("tEXt", []), .. whole[33..]]).Problem);
    }

    [Fact]
    public void An_interlaced_png_without_a_second_pass_is_not_decoded() => Assert.Equal(
        "it is interlaced and has fewer than 5 columns", Decode(SampleImages.Png(SampleImages.Header(4, 4, isInterlaced: true), new byte[23])).Problem);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(771)]
    public void A_palette_of_an_impossible_length_is_not_decoded(int length) => Assert.Equal(
        "the palette has an impossible length",
        Decode(SampleImages.Png(SampleImages.Header(4, 4, colour: 3), GreyRows, SampleImages.Chunk("PLTE", new byte[length]))).Problem);

    [Fact]
    public void A_missing_palette_is_not_decoded() =>
        Assert.Equal("there is no palette", Decode(SampleImages.Png(SampleImages.Header(4, 4, colour: 3), GreyRows)).Problem);

    [Fact]
    public void A_colour_beyond_the_palette_is_one_of_the_palette() =>
        Assert.Null(Decode(SampleImages.Png(SampleImages.Header(4, 4, colour: 3), GreyRows, SampleImages.Chunk("PLTE", [1, 2, 3]))).Problem);

    [Fact]
    public void A_jpeg_with_a_scan_after_the_whole_picture_is_not_decoded() => Assert.Equal(
        "there is data after the image", Decode(SampleJpeg.Make(64, 64, [1, 2, 3], scans: [[0, 1, 2], [0]])).Problem);

    [Fact]
    public void A_jpeg_with_more_scans_than_any_encoder_makes_is_not_decoded() => Assert.Equal(
        "it has too many scans",
        Decode(SampleJpeg.Make(64, 64, [1], SampleJpeg.Progressive, scans: [.. Enumerable.Repeat<int[]>([0], 101)])).Problem);

    [Theory]
    [InlineData(0x31, 0x21)]
    [InlineData(0x13, 0x12)]
    [InlineData(0x10, 0x11)]
    public void A_jpeg_whose_sampling_factors_do_not_divide_each_other_is_not_decoded(byte first, byte second) => Assert.Equal(
        "its sampling factors are none of 1, 2 and 4", Decode(SampleJpeg.Make(64, 64, [1, 2, 3], sampling: [first, second, 0x11])).Problem);

    [Theory]
    [InlineData(0xC4, 16)]
    [InlineData(0xDB, 64)]
    public void A_jpeg_whose_tables_are_longer_than_their_segment_is_not_decoded(byte marker, int length) => Assert.Equal(
        "a segment of tables has a wrong length",
        Decode(SampleJpeg.Make(64, 64, [1], segments: [.. SampleJpeg.Segment(marker, new byte[length]), .. SampleJpeg.Segment(0xFE, new byte[400])])).Problem);

    [Fact]
    public void A_jpeg_with_a_marker_out_of_place_is_not_decoded() => Assert.Equal(
        "it has a segment of type D0", Decode(SampleJpeg.Make(64, 64, [1], segments: [0xFF, 0xD0])).Problem);

    [Fact]
    public void A_jpeg_whose_data_ends_early_takes_no_more_memory_than_a_whole_one()
    {
        var whole = Decode(SampleJpeg.Make(640, 480, [1, 2, 3]));
        var cut = Decode(SampleJpeg.Make(640, 480, [1, 2, 3], isCutShort: true));
        Assert.Null(whole.Problem);
        Assert.InRange(cut.Peak, 0, whole.Peak);
    }

    [Fact]
    public void Changed_bytes_make_the_decoder_fail_but_never_leave_its_limits()
    {
        byte[][] wholes =
        [
            SampleImages.Jpeg(), SampleJpeg.Make(40, 40, [9, 99, 199]), SampleJpeg.Make(40, 40, [9, 99, 199], SampleJpeg.Progressive, [[0, 1, 2], [0]]),
            SampleJpeg.Make(40, 40, [9, 99, 199], scans: [[0], [1], [2]]),
        ];
        Prop.ForAll(ArbMap.Default.GeneratorFor<(int, byte)[]>().ToArbitrary(), changes =>
        {
            foreach (var whole in wholes)
            {
                var bytes = (byte[])whole.Clone();
                foreach (var (at, value) in changes)
                    bytes[(int)((uint)at % bytes.Length)] = value;
                var run = Decode(bytes, 4 * Megabyte);
                Assert.InRange(run.Peak, 0, 4 * Megabyte);
                Assert.Equal(0, run.LeftInUse);
            }
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Inspects and decodes as the farm does, on this thread.</summary>
    private static Run Decode(byte[] bytes, long limit = 512 * Megabyte)
    {
        var verdict = ImageInspector.Inspect(new MemoryStream(bytes));
        if (!verdict.IsGood)
            return new Run(verdict.Reason, 0, 0, 0);
        var memory = new BoundedAllocator(limit);
        string? problem = null;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var picture = StillDecoder.Decode(new MemoryStream(bytes), verdict, memory, CancellationToken.None);
        }
        catch (Exception e)
        {
            problem = e.Message;
        }
        var managed = GC.GetAllocatedBytesForCurrentThread() - before;
        memory.Dispose();
        return new Run(problem, memory.Peak, managed, memory.InUse);
    }

    /// <summary>How a decoding ended and what it cost, in bytes.</summary>
    /// <param name="Peak">The most that the codec had at once.</param>
    /// <param name="Managed">What was taken beside that, in sum.</param>
    private sealed record Run(string? Problem, long Peak, long Managed, long LeftInUse);
}
