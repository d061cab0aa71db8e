using Farm.Server.Operations.Images;
using Farm.Tests.Operations.Images.Inspection;
using Farm.Tests.Support;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;

namespace Farm.Tests.Operations.Images;

public class PreviewTests
{
    private static readonly byte[] Undecodable =
    [
        .. SampleImages.PngSignature, .. SampleImages.Header(4, 4), .. SampleImages.Chunk("IDAT", "no deflate"u8.ToArray()), .. SampleImages.Chunk("IEND", []),
    ];

    /// <summary>Red images of 8 by 8 pixels.</summary>
    public static TheoryData<string, byte[]> RedPictures => new()
    {
        { "png, 8 bits", SampleImages.Png(SampleImages.Header(8, 8, 8, 2), Rows(8, [255, 0, 0])) },
        { "png, 16 bits", SampleImages.Png(SampleImages.Header(8, 8, 16, 2), Rows(8, [255, 255, 0, 0, 0, 0])) },
        { "png with transparency, none used", SampleImages.Png(SampleImages.Header(8, 8, 8, 6), Rows(8, [255, 0, 0, 255])) },
        { "png with a palette", SampleImages.Png(SampleImages.Header(8, 8, 8, 3), Rows(8, [1]), SampleImages.Chunk("PLTE", [0, 0, 255, 255, 0, 0])) },
        { "png with a palette, 1 bit", SampleImages.Png(SampleImages.Header(8, 8, 1, 3), Rows(1, [255]), SampleImages.Chunk("PLTE", [0, 0, 255, 255, 0, 0])) },
        { "png, interlaced", SampleImages.Png(SampleImages.Header(8, 8, 8, 2, isInterlaced: true), InterlacedRows([255, 0, 0])) },
        { "jpeg", SampleJpeg.Make(8, 8, [76, 85, 255]) },
        { "jpeg, progressive", SampleJpeg.Make(8, 8, [76, 85, 255], SampleJpeg.Progressive) },
        { "jpeg, one scan for each component", SampleJpeg.Make(8, 8, [76, 85, 255], scans: [[0], [1], [2]]) },
        { "jpeg in four colours of print", SampleJpeg.Make(8, 8, [255, 0, 0, 255], segments: AdobeInks()) },
    };

    [Fact]
    public async Task A_png_becomes_three_jpegs_of_the_documented_sizes()
    {
        await using var farm = new ImageFixture();
        await ShowAsync(farm, SampleImages.Png(3840, 2000));

        Assert.Equal((1920, 1000), farm.SizeOf(farm.Job, 0));
        Assert.Equal((600, 313), farm.SizeOf(farm.Job, 1));
        Assert.Equal((200, 104), farm.SizeOf(farm.Job, 2));
        Assert.Equal(3, Directory.GetFiles(Path.GetDirectoryName(farm.FileOf(farm.Job))!).Length);
        await farm.Service.StopAsync(default);
        Assert.Empty(Directory.GetFiles(farm.Incoming));
    }

    [Fact]
    public async Task A_small_jpeg_is_not_scaled_up()
    {
        await using var farm = new ImageFixture();
        await ShowAsync(farm, SampleImages.Jpeg());
        for (var size = 0; size < 3; size++)
            Assert.Equal((16, 16), farm.SizeOf(farm.Job, size));
    }

    [Fact]
    public async Task A_very_thin_image_keeps_one_pixel()
    {
        await using var farm = new ImageFixture();
        await ShowAsync(farm, SampleImages.Png(32_768, 1));
        Assert.Equal((1920, 1), farm.SizeOf(farm.Job));
    }

    [Fact]
    public async Task A_newer_image_replaces_all_sizes()
    {
        await using var farm = new ImageFixture();
        await ShowAsync(farm, SampleImages.Jpeg());
        await ShowAsync(farm, SampleImages.Png(50, 40));
        for (var size = 0; size < 3; size++)
            Assert.Equal((50, 40), farm.SizeOf(farm.Job, size));
    }

    [Fact]
    public async Task Previews_have_quality_85_and_half_resolution_chroma()
    {
        await using var farm = new ImageFixture();
        await ShowAsync(farm, SampleImages.Png(50, 40));
        for (var size = 0; size < 3; size++)
        {
            var metadata = (await Image.IdentifyAsync(farm.FileOf(farm.Job, size))).Metadata.GetJpegMetadata();
            Assert.Equal((85, JpegColorType.YCbCrRatio420), (metadata.Quality, metadata.ColorType));
        }
    }

    [Theory]
    [MemberData(nameof(RedPictures))]
    public async Task Images_of_every_kind_keep_their_colour(string kind, byte[] picture)
    {
        await using var farm = new ImageFixture();
        await ShowAsync(farm, picture);
        AssertColour(farm, kind, 255, 0, 0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(128, 128)]
    public async Task Transparency_is_rendered_on_black(byte alpha, byte red)
    {
        await using var farm = new ImageFixture();
        await ShowAsync(farm, SampleImages.Png(SampleImages.Header(8, 8, 8, 6), Rows(8, [255, 0, 0, alpha])));
        AssertColour(farm, "transparent", red, 0, 0);
    }

    [Fact]
    public async Task EXIF_orientation_is_ignored_as_in_Flamenco()
    {
        byte[] turned = [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        await using var farm = new ImageFixture();
        await ShowAsync(farm, SampleJpeg.Make(32, 16, [76, 85, 255], segments: SampleJpeg.Segment(0xE1, turned)));
        Assert.Equal((32, 16), farm.SizeOf(farm.Job));
    }

    [Fact]
    public async Task An_undecodable_image_is_kept_unchanged_for_every_size_and_logged()
    {
        var log = new ListLogger<LastRenderedImages>();
        await using var farm = new ImageFixture(log: log);
        await ShowAsync(farm, SampleImages.Png(7, 7));

        await ShowAsync(farm, Undecodable);

        Assert.Equal(Undecodable, await File.ReadAllBytesAsync(farm.FileOf(farm.Job)));
        for (var size = 1; size < 3; size++)
            Assert.Equal(farm.FileOf(farm.Job), LastRenderedFile.Find(farm.FileOf(farm.Job, size)));
        await using var file = File.OpenRead(farm.FileOf(farm.Job));
        Assert.Equal("image/png", LastRenderedFile.MediaType(file));
        Assert.Equal(0, file.Position);
        Assert.StartsWith($"Warning: The image of job {farm.Job} cannot be decoded and is shown unchanged: ", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task An_image_that_takes_too_long_is_kept_unchanged_and_logged()
    {
        var log = new ListLogger<LastRenderedImages>();
        await using var farm = new ImageFixture(settings => settings with { Timeout = TimeSpan.Zero }, log: log);
        var image = SampleImages.Png(7, 7);
        await ShowAsync(farm, image);
        Assert.Equal(image, await File.ReadAllBytesAsync(farm.FileOf(farm.Job)));
        Assert.EndsWith("it took more than 0 seconds", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task Stopping_the_farm_does_not_wait_for_an_image()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, SampleImages.Png(7, 7));
        var verdict = Server.Operations.Images.Inspection.ImageVerdict.Good(Server.Operations.Images.Inspection.ImageFormat.Png, 7, 7);
        var previews = new PreviewMaker(new ImageSettings { ArtifactsDirectory = Path.GetTempPath() }, TimeProvider.System);
        Assert.ThrowsAny<OperationCanceledException>(
            () => previews.Store(new ReceivedImage(Guid.CreateVersion7(), null, path, verdict, 1), new CancellationToken(canceled: true)));
        File.Delete(path);
    }

    private static async Task ShowAsync(ImageFixture farm, byte[] image)
    {
        if (farm.Service.ExecuteTask is null)
            await farm.Service.StartAsync(default);
        Assert.Equal(ImageOutcome.Accepted, (await farm.SendAsync(image)).Outcome);
        await farm.NextStoredAsync();
    }

    private static void AssertColour(ImageFixture farm, string kind, byte red, byte green, byte blue)
    {
        Assert.Equal((8, 8), farm.SizeOf(farm.Job));
        using var shown = Image.Load<Rgb24>(farm.FileOf(farm.Job));
        var pixel = shown[4, 4];
        Assert.True(
            Math.Abs(pixel.R - red) + Math.Abs(pixel.G - green) + Math.Abs(pixel.B - blue) < 12, $"{kind}: {pixel} is not {red}, {green}, {blue}");
    }

    /// <summary>Eight unfiltered rows that repeat one pixel.</summary>
    private static byte[] Rows(int pixels, byte[] pixel) =>
        [.. Enumerable.Range(0, 8).SelectMany(_ => (byte[])[0, .. Enumerable.Repeat(pixel, pixels).SelectMany(bytes => bytes)])];

    private static byte[] InterlacedRows(byte[] pixel)
    {
        (int Pixels, int Rows)[] passes = [(1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4)];
        return [.. passes.SelectMany(pass => Enumerable.Repeat((byte[])[0, .. Enumerable.Repeat(pixel, pass.Pixels).SelectMany(bytes => bytes)], pass.Rows)).SelectMany(row => row)];
    }

    /// <summary>Marks the four components as inverted inks.</summary>
    private static byte[] AdobeInks() => SampleJpeg.Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]);
}
