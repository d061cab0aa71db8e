using Farm.Server.Operations.Images.Inspection;

namespace Farm.Tests.Support;

/// <summary>Checks rendered frames.</summary>
internal static class RenderedFrames
{
    /// <summary>Fails unless there are at least this many PNG files below the directory, all of them valid.</summary>
    public static void AssertValid(string directory, int atLeast)
    {
        var files = Directory.GetFiles(directory, "*.png", SearchOption.AllDirectories);
        Assert.InRange(files.Length, atLeast, int.MaxValue);
        Assert.All(files, file =>
        {
            using var bytes = File.OpenRead(file);
            Assert.True(ImageInspector.Inspect(bytes) is { IsGood: true, Format: ImageFormat.Png }, $"{file} is no whole PNG");
        });
    }
}
