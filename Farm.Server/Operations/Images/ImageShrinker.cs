using Farm.Server.Domain.Images;

namespace Farm.Server.Operations.Images;

/// <summary>An image that was received, inspected and accepted, and waits as a file.</summary>
internal sealed record ReceivedImage(Guid JobId, Guid? TaskId, string Path, ImageVerdict Verdict, long Sequence);

/// <summary>What became of an image.</summary>
/// <param name="IsShown">Whether the job now shows it; if not, the job keeps the image it had.</param>
/// <param name="Problem">What went wrong, in one sentence, or null.</param>
internal sealed record ShrinkResult(bool IsShown, string? Problem);

/// <summary>Puts a received image into its job's directory: as three JPEGs where ffmpeg is there, else as it came.</summary>
internal sealed class ImageShrinker(ImageSettings settings, Ffmpeg? ffmpeg)
{
    /// <summary>
    /// Each file is replaced by a rename, so that nobody reads half an image. Throws <see cref="IOException"/> or
    /// <see cref="UnauthorizedAccessException"/> when the directory cannot be written.
    /// </summary>
    public async Task<ShrinkResult> StoreAsync(ReceivedImage image, CancellationToken cancel)
    {
        if (ffmpeg is null)
        {
            KeepOriginal(image);
            return new ShrinkResult(IsShown: true, null);
        }
        var made = LastRenderedSize.All.Select(size => $"{image.Path}.{size.FileName}").ToList();
        try
        {
            var result = await ffmpeg.RunAsync(Arguments(image, made), settings.Timeout, cancel);
            if (result.Problem is null)
                Publish(image.JobId, made);
            else if (!result.Started)
                KeepOriginal(image);
            return new ShrinkResult(IsShown: result.Problem is null || !result.Started, result.Problem);
        }
        finally
        {
            made.ForEach(File.Delete);
        }
    }

    private void KeepOriginal(ReceivedImage image)
    {
        Publish(image.JobId, [image.Path]);
        var directory = JobDirectory.Of(settings.ArtifactsDirectory, image.JobId);
        foreach (var smaller in LastRenderedSize.All.Skip(1))
            File.Delete(Path.Combine(directory, smaller.FileName));
    }

    private void Publish(Guid job, IReadOnlyList<string> files)
    {
        var directory = JobDirectory.Of(settings.ArtifactsDirectory, job);
        Directory.CreateDirectory(directory);
        for (var i = 0; i < files.Count; i++)
            File.Move(files[i], Path.Combine(directory, LastRenderedSize.All[i].FileName), overwrite: true);
    }

    // The demuxer is named, and only files may be opened: otherwise ffmpeg guesses from the content, and some formats are lists
    // of other files or addresses to read. -noautorotate keeps the sizes those of the header that was checked.
    private static IEnumerable<string> Arguments(ReceivedImage image, IReadOnlyList<string> made)
    {
        var sizes = LastRenderedSize.All.Select(size => size.Fit(image.Verdict.Width, image.Verdict.Height)).ToList();
        var graph = "[0:v]split=3[a][b][c];" + string.Join(";", sizes.Select((size, i) =>
            $"[{"abc"[i]}]scale={size.Width}:{size.Height}:flags=area:out_range=full,format=yuvj420p[{"xyz"[i]}]"));
        List<string> arguments =
        [
            "-y", "-filter_complex_threads", "1", "-protocol_whitelist", "file", "-noautorotate", "-threads", "1",
            "-f", image.Verdict.Format == ImageFormat.Png ? "png_pipe" : "jpeg_pipe", "-i", "file:" + image.Path,
            "-filter_complex", graph,
        ];
        for (var i = 0; i < made.Count; i++)
        {
            // Of mjpeg's scale from 2 to 31, 4 is about quality 85.
            arguments.AddRange(["-map", $"[{"xyz"[i]}]", "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "4", "-threads", "1"]);
            arguments.AddRange(["-map_metadata", "-1", "-f", "mjpeg", "file:" + made[i]]);
        }
        return arguments;
    }
}
