using Farm.Server.Domain.Images;
using Farm.Server.Operations.Images;
using Farm.Tests.Domain.Images;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Images;

public class ShrinkingTests
{
    [FactIfFfmpeg]
    public async Task A_png_becomes_three_jpegs_of_the_documented_sizes()
    {
        await using var farm = new ImageFixture(TestFfmpeg.Get());
        await farm.Service.StartAsync(default);
        await farm.SendAsync(SampleImages.Png(3840, 2000));
        await farm.NextStoredAsync();

        Assert.Equal((1920, 1000), SizeOf(farm.FileOf(farm.Job, 0)));
        Assert.Equal((600, 313), SizeOf(farm.FileOf(farm.Job, 1)));
        Assert.Equal((200, 104), SizeOf(farm.FileOf(farm.Job, 2)));
        Assert.Equal(3, Directory.GetFiles(Path.GetDirectoryName(farm.FileOf(farm.Job))!).Length);
        await farm.Service.StopAsync(default);
        Assert.Empty(Directory.GetFiles(farm.Incoming));
    }

    [FactIfFfmpeg]
    public async Task A_small_jpeg_is_not_made_larger()
    {
        await using var farm = new ImageFixture(TestFfmpeg.Get());
        await farm.Service.StartAsync(default);
        await farm.SendAsync(SampleImages.Jpeg());
        await farm.NextStoredAsync();
        for (var size = 0; size < 3; size++)
            Assert.Equal((16, 16), SizeOf(farm.FileOf(farm.Job, size)));
    }

    [FactIfFfmpeg]
    public async Task The_thinnest_image_keeps_one_pixel()
    {
        await using var farm = new ImageFixture(TestFfmpeg.Get());
        await farm.Service.StartAsync(default);
        await farm.SendAsync(SampleImages.Png(32_768, 1));
        await farm.NextStoredAsync();
        Assert.Equal((1920, 1), SizeOf(farm.FileOf(farm.Job)));
    }

    [FactIfFfmpeg]
    public async Task A_newer_image_replaces_all_sizes()
    {
        await using var farm = new ImageFixture(TestFfmpeg.Get());
        await farm.Service.StartAsync(default);
        await farm.SendAsync(SampleImages.Jpeg());
        await farm.NextStoredAsync();
        await farm.SendAsync(SampleImages.Png(50, 40));
        await farm.NextStoredAsync();
        for (var size = 0; size < 3; size++)
            Assert.Equal((50, 40), SizeOf(farm.FileOf(farm.Job, size)));
    }

    [FactIfFfmpeg]
    public async Task An_image_that_ffmpeg_cannot_decode_leaves_the_older_one_and_one_line()
    {
        var log = new ListLogger<LastRenderedImages>();
        await using var farm = new ImageFixture(TestFfmpeg.Get(), log: log);
        await farm.Service.StartAsync(default);
        await farm.SendAsync(SampleImages.Jpeg());
        await farm.NextStoredAsync();
        byte[] broken =
        [
            .. SampleImages.PngSignature, .. SampleImages.Header(4, 4), .. SampleImages.Chunk("IDAT", "no deflate"u8.ToArray()),
            .. SampleImages.Chunk("IEND", []),
        ];
        Assert.Equal(ImageOutcome.Taken, (await farm.SendAsync(broken)).Outcome);
        await farm.SendAsync(SampleImages.Png(7, 7), job: Guid.CreateVersion7());
        await farm.NextStoredAsync();

        Assert.Equal((16, 16), SizeOf(farm.FileOf(farm.Job)));
        Assert.Contains(farm.Job.ToString(), Assert.Single(log.Lines));
    }

    [Fact]
    public async Task An_ffmpeg_that_never_ends_is_stopped()
    {
        if (OperatingSystem.IsWindows())
            return; // The stand-in is a shell script.
        using var directory = new TemporaryDirectory();
        var script = directory["ffmpeg"];
        await File.WriteAllTextAsync(script, "#!/bin/sh\nsleep 600\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var result = await new Ffmpeg(script, TimeProvider.System).RunAsync([], TimeSpan.FromMilliseconds(1), default);
        Assert.True(result.Started);
        Assert.Contains("was stopped after", result.Problem);
    }

    [Fact]
    public async Task An_ffmpeg_that_cannot_be_started_leaves_the_original()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["ffmpeg"], "no program");
        var log = new ListLogger<LastRenderedImages>();
        await using var farm = new ImageFixture(new Ffmpeg(directory["ffmpeg"], TimeProvider.System), log: log);
        await farm.Service.StartAsync(default);
        await farm.SendAsync(SampleImages.Jpeg());
        await farm.NextStoredAsync();
        Assert.Equal(SampleImages.Jpeg(), await File.ReadAllBytesAsync(farm.FileOf(farm.Job)));
        Assert.Contains("could not be started", Assert.Single(log.Lines));
    }

    [Fact]
    public void Ffmpeg_is_looked_for_where_the_setting_says()
    {
        using var directory = new TemporaryDirectory();
        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        File.WriteAllText(directory[name], "");
        Assert.Equal(directory[name], Ffmpeg.Locate("", directory.Path, TimeProvider.System)?.Path);
        Assert.Equal(directory[name], Ffmpeg.Locate(directory[name], "", TimeProvider.System)?.Path);
        Assert.Null(Ffmpeg.Locate("off", directory.Path, TimeProvider.System));
        Assert.Null(Ffmpeg.Locate(directory["other"], directory.Path, TimeProvider.System));
        Assert.Null(Ffmpeg.Locate(null, null, TimeProvider.System));
    }

    private static (int, int) SizeOf(string path)
    {
        using var file = File.OpenRead(path);
        var verdict = ImageInspector.Inspect(file);
        Assert.True(verdict.IsGood, verdict.Reason);
        Assert.Equal(ImageFormat.Jpeg, verdict.Format);
        return (verdict.Width, verdict.Height);
    }
}
