using Farm.Server.Operations.Images.Inspection;

namespace Farm.Tests.Support;

/// <summary>Looks at frames that were rendered.</summary>
internal static class Pictures
{
    /// <summary>Fails unless there are so many PNGs below a directory, all of them whole.</summary>
    public static void AreValid(string directory, int atLeast)
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
