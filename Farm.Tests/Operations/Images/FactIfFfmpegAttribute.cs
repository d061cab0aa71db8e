namespace Farm.Tests.Operations.Images;

/// <summary>A test that needs ffmpeg in PATH. Without it the test is shown as skipped; where CI=true it runs, and fails.</summary>
public sealed class FactIfFfmpegAttribute : FactAttribute
{
    public FactIfFfmpegAttribute()
    {
        var isCi = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
        if (TestFfmpeg.Find() is null && !isCi)
            Skip = "ffmpeg is not in PATH";
    }
}
