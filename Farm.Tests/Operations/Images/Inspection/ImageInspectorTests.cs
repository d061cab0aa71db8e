using System.Text;
using Farm.Server.Operations.Images.Inspection;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Operations.Images.Inspection;

public class ImageInspectorTests
{
    private static ImageVerdict Inspect(byte[] bytes, ImageLimits? limits = null) => ImageInspector.Inspect(new MemoryStream(bytes), limits);

    private static void AssertBad(ImageFault fault, string reason, byte[] bytes, ImageLimits? limits = null)
    {
        var verdict = Inspect(bytes, limits);
        Assert.False(verdict.IsGood);
        Assert.Equal(fault, verdict.Fault);
        Assert.Contains(reason, verdict.Reason);
    }

    [Fact]
    public void A_complete_png_is_good_and_its_size_is_read() =>
        Assert.Equal(ImageVerdict.Good(ImageFormat.Png, 300, 20), Inspect(SampleImages.Png(300, 20)));

    [Fact]
    public void A_complete_jpeg_is_good_and_its_size_is_read() =>
        Assert.Equal(ImageVerdict.Good(ImageFormat.Jpeg, 16, 16), Inspect(SampleImages.Jpeg()));

    [Fact]
    public void Trailing_bytes_are_ignored()
    {
        Assert.True(Inspect([.. SampleImages.Png(3, 3), 1, 2, 3]).IsGood);
        Assert.True(Inspect([.. SampleImages.Jpeg(), 1, 2, 3]).IsGood);
    }

    [Fact]
    public void An_empty_file_is_reported_as_empty() => AssertBad(ImageFault.NotAnImage, "empty", []);

    [Theory]
    [InlineData("hello")]
    [InlineData("GIF89a............")]
    [InlineData("#EXTM3U\nhttp://example.org/")]
    [InlineData("\0\0\0\0")]
    public void Anything_but_png_and_jpeg_is_not_an_image(string text) =>
        AssertBad(ImageFault.NotAnImage, "neither PNG nor JPEG", Encoding.Latin1.GetBytes(text));

    [Fact]
    public void Every_truncation_of_a_png_is_reported()
    {
        var whole = SampleImages.Png(40, 40);
        for (var length = 1; length < whole.Length; length++)
            AssertBad(ImageFault.Damaged, "cut short", whole[..length]);
    }

    [Fact]
    public void Every_truncation_of_a_jpeg_is_reported()
    {
        var whole = SampleImages.Jpeg();
        for (var length = 1; length < whole.Length; length++)
            AssertBad(ImageFault.Damaged, "cut short", whole[..length]);
    }

    [Fact]
    public void Every_flipped_bit_in_a_png_is_detected()
    {
        var whole = SampleImages.Png(9, 9);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var broken = (byte[])whole.Clone();
            broken[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Inspect(broken).IsGood, $"bit {bit}");
        }
    }

    [Theory]
    [InlineData(32_769, 1)]
    [InlineData(1, 32_769)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void An_image_with_a_side_above_the_limit_is_too_large(int width, int height) => AssertBad(
        ImageFault.TooLarge, $"{width} x {height} pixels", [.. SampleImages.PngSignature, .. SampleImages.Header(width, height)]);

    [Fact]
    public void An_image_with_more_pixels_than_the_limit_is_too_large() => AssertBad(
        ImageFault.TooLarge, "more than 300000000 in all", [.. SampleImages.PngSignature, .. SampleImages.Header(30_000, 30_000)]);

    [Fact]
    public void The_limits_are_inclusive()
    {
        Assert.True(Inspect(SampleImages.Png(20, 10), new ImageLimits(MaxSide: 20, MaxPixels: 200)).IsGood);
        AssertBad(ImageFault.TooLarge, "no side", SampleImages.Png(20, 10), new ImageLimits(MaxSide: 19, MaxPixels: 200));
        AssertBad(ImageFault.TooLarge, "in all", SampleImages.Png(20, 10), new ImageLimits(MaxSide: 20, MaxPixels: 199));
    }

    [Fact]
    public void The_limits_apply_to_jpeg_too() =>
        AssertBad(ImageFault.TooLarge, "16 x 16", SampleImages.Jpeg(), new ImageLimits(MaxSide: 15));

    [Fact]
    public void A_png_larger_than_its_data_can_hold_is_too_large() => AssertBad(
        ImageFault.TooLarge,
        "cannot hold them",
        [.. SampleImages.PngSignature, .. SampleImages.Header(10_000, 10_000), .. SampleImages.Chunk("IDAT", [1, 2, 3]), .. SampleImages.Chunk("IEND", [])]);

    [Fact]
    public void A_maximally_compressed_image_is_good() => Assert.True(Inspect(SampleImages.Png(6000, 4000)).IsGood);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    public void An_image_with_a_zero_side_is_damaged(int width, int height) => AssertBad(
        ImageFault.Damaged, "pixels", [.. SampleImages.PngSignature, .. SampleImages.Header(width, height)]);

    [Theory]
    [InlineData(3, 2)]
    [InlineData(16, 3)]
    [InlineData(4, 6)]
    [InlineData(8, 1)]
    public void An_invalid_png_bit_depth_is_damaged(byte depth, byte colour) => AssertBad(
        ImageFault.Damaged, "PNG does not have", [.. SampleImages.PngSignature, .. SampleImages.Header(5, 5, depth, colour)]);

    [Fact]
    public void A_png_without_image_data_is_damaged() => AssertBad(
        ImageFault.Damaged, "no IDAT", [.. SampleImages.PngSignature, .. SampleImages.Header(5, 5), .. SampleImages.Chunk("IEND", [])]);

    [Fact]
    public void A_png_with_a_second_header_is_damaged() => AssertBad(
        ImageFault.Damaged, "two IHDR", [.. SampleImages.PngSignature, .. SampleImages.Header(5, 5), .. SampleImages.Header(6, 6)]);

    [Fact]
    public void A_jpeg_with_a_second_frame_header_is_damaged()
    {
        var whole = SampleImages.Jpeg();
        var frame = whole.AsSpan().IndexOf((byte[])[0xFF, 0xC0]);
        AssertBad(ImageFault.Damaged, "two frame headers", [.. whole[..frame], .. whole[frame..(frame + 19)], .. whole[frame..]]);
    }

    [Fact]
    public void A_jpeg_without_image_data_is_damaged() =>
        AssertBad(ImageFault.Damaged, "without a picture", [0xFF, 0xD8, 0xFF, 0xD9]);

    [Fact]
    public void Corrupted_images_never_make_the_inspector_throw()
    {
        byte[][] wholes = [SampleImages.Jpeg(), SampleImages.Png(30, 30), [.. SampleImages.PngSignature, .. SampleImages.Header(5, 5)]];
        var changes = ArbMap.Default.GeneratorFor<(int, byte, int)[]>().ToArbitrary();
        Prop.ForAll(changes, list =>
        {
            foreach (var whole in wholes)
            {
                var bytes = (byte[])whole.Clone();
                var length = bytes.Length;
                foreach (var (at, value, cut) in list)
                {
                    bytes[(int)((uint)at % bytes.Length)] = value;
                    length = Math.Min(length, (int)((uint)cut % 5000));
                }
                var verdict = Inspect(bytes[..length]);
                Assert.Equal(verdict.IsGood, verdict.Reason.Length == 0);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Random_bytes_after_a_signature_never_make_the_inspector_throw()
    {
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(), bytes =>
        {
            Inspect([.. SampleImages.PngSignature, .. bytes]);
            Assert.NotEqual(ImageFault.NotAnImage, Inspect([0xFF, 0xD8, 0xFF, .. bytes]).Fault);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_media_type_is_detected_from_the_first_bytes()
    {
        Assert.Equal("image/png", ImageInspector.MediaType(SampleImages.Png(1, 1)));
        Assert.Equal("image/jpeg", ImageInspector.MediaType(SampleImages.Jpeg()));
        Assert.Null(ImageInspector.MediaType("text"u8));
        Assert.Null(ImageInspector.MediaType([]));
    }
}
