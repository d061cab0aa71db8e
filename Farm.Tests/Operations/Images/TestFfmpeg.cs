using Farm.Server.Operations.Images;

namespace Farm.Tests.Operations.Images;

internal static class TestFfmpeg
{
    public static Ffmpeg? Find() => Ffmpeg.Locate(null, Environment.GetEnvironmentVariable("PATH"), TimeProvider.System);

    /// <summary>For tests marked with <see cref="FactIfFfmpegAttribute"/>.</summary>
    public static Ffmpeg Get() => Find() ?? throw new InvalidOperationException("ffmpeg is not in PATH, and CI must have it");
}
