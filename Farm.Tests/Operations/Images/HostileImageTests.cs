using System.Text;
using Farm.Server.Operations.Images;
using Farm.Server.Operations.Images.Inspection;
using Farm.Tests.Operations.Images.Inspection;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Operations.Images;

/// <summary>Malicious images: each is decoded within the memory limit or not at all.</summary>
public class HostileImageTests
{
    private const long Megabyte = 1024 * 1024;
    private const long BombBytes = 256 * Megabyte;

    private static readonly byte[] GreyRows = [0, 1, 2, 3, 4, 0, 5, 6, 7, 8, 0, 1, 2, 3, 4, 0, 5, 6, 7, 8];

    [Fact]
    public void An_image_of_400_megapixels_is_rejected_before_decoding()
    {
        var verdict = ImageInspector.Inspect(new MemoryStream([.. SampleImages.PngSignature, .. SampleImages.Header(20_000, 20_000)]));
        Assert.Equal(ImageFault.TooLarge, verdict.Fault);
    }

    [Fact]
    public void An_image_that_needs_too_much_memory_allocates_none()
    {
        var run = Decode(SampleImages.Png(2000, 1000), limit: 4 * Megabyte);
        Assert.Equal("2000 x 1000 pixels need more than 4194304 bytes of memory", run.Problem);
        Assert.Equal(0, run.Peak);
    }

    [Fact]
    public void The_largest_decodable_image_stays_within_the_memory_limit()
    {
        var settings = new ImageSettings { ArtifactsDirectory = "" };
        var run = Decode(SampleImages.Png(14_000, 9_000), settings.MaxDecodedBytes);
        Assert.Null(run.Problem);
        Assert.InRange(run.Peak, 14_000L * 9_000 * 4, settings.MaxDecodedBytes);
        Assert.True(run.Managed < 8 * Megabyte, $"{run.Managed} bytes beside the limit");
    }

    [Fact]
    public void A_progressive_jpeg_that_exceeds_the_memory_limit_fails_and_frees_all_memory()
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
    public void Image_data_is_inflated_only_as_far_as_the_image_needs()
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
    public void A_png_with_truncated_data_is_not_decoded(bool isInterlaced) => Assert.Equal(
        "the picture's data is shorter than its header says",
        Decode(SampleImages.Png(SampleImages.Header(8, 5, isInterlaced: isInterlaced), GreyRows)).Problem);

    [Fact]
    public void Decoding_an_interlaced_png_with_split_data_terminates()
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
    public void A_png_with_an_impossible_palette_length_is_not_decoded(int length) => Assert.Equal(
        "the palette has an impossible length",
        Decode(SampleImages.Png(SampleImages.Header(4, 4, colour: 3), GreyRows, SampleImages.Chunk("PLTE", new byte[length]))).Problem);

    [Fact]
    public void A_png_without_its_palette_is_not_decoded() =>
        Assert.Equal("there is no palette", Decode(SampleImages.Png(SampleImages.Header(4, 4, colour: 3), GreyRows)).Problem);

    [Fact]
    public void A_colour_index_beyond_the_palette_is_decoded() =>
        Assert.Null(Decode(SampleImages.Png(SampleImages.Header(4, 4, colour: 3), GreyRows, SampleImages.Chunk("PLTE", [1, 2, 3]))).Problem);

    [Fact]
    public void A_jpeg_with_a_scan_after_the_complete_image_is_not_decoded() => Assert.Equal(
        "there is data after the image", Decode(SampleJpeg.Make(64, 64, [1, 2, 3], scans: [[0, 1, 2], [0]])).Problem);

    [Fact]
    public void A_jpeg_with_too_many_scans_is_not_decoded() => Assert.Equal(
        "it has too many scans",
        Decode(SampleJpeg.Make(64, 64, [1], SampleJpeg.Progressive, scans: [.. Enumerable.Repeat<int[]>([0], 101)])).Problem);

    [Theory]
    [InlineData(0x31, 0x21)]
    [InlineData(0x13, 0x12)]
    [InlineData(0x10, 0x11)]
    public void A_jpeg_with_incompatible_sampling_factors_is_not_decoded(byte first, byte second) => Assert.Equal(
        "its sampling factors are none of 1, 2 and 4", Decode(SampleJpeg.Make(64, 64, [1, 2, 3], sampling: [first, second, 0x11])).Problem);

    [Theory]
    [InlineData(0xC4, 16)]
    [InlineData(0xDB, 64)]
    public void A_jpeg_with_tables_longer_than_their_segment_is_not_decoded(byte marker, int length) => Assert.Equal(
        "a segment of tables has a wrong length",
        Decode(SampleJpeg.Make(64, 64, [1], segments: [.. SampleJpeg.Segment(marker, new byte[length]), .. SampleJpeg.Segment(0xFE, new byte[400])])).Problem);

    [Fact]
    public void A_jpeg_with_a_misplaced_marker_is_not_decoded() => Assert.Equal(
        "it has a segment of type D0", Decode(SampleJpeg.Make(64, 64, [1], segments: [0xFF, 0xD0])).Problem);

    [Fact]
    public void A_truncated_jpeg_needs_no_more_memory_than_a_complete_one()
    {
        var whole = Decode(SampleJpeg.Make(640, 480, [1, 2, 3]));
        var cut = Decode(SampleJpeg.Make(640, 480, [1, 2, 3], isCutShort: true));
        Assert.Null(whole.Problem);
        Assert.InRange(cut.Peak, 0, whole.Peak);
    }

    [Fact]
    public void Corrupted_images_never_exceed_the_decoders_limits()
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

    /// <summary>Inspects and decodes as the farm does, on the current thread.</summary>
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

    /// <summary>The result of decoding and its memory use in bytes.</summary>
    /// <param name="Peak">The codec's peak memory.</param>
    /// <param name="Managed">Managed memory allocated in total.</param>
    private sealed record Run(string? Problem, long Peak, long Managed, long LeftInUse);
}
