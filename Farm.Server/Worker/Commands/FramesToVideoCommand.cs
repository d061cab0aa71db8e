using System.Globalization;
using System.Text;

namespace Farm.Server.Worker.Commands;

/// <summary>
/// Encodes frames as a video with ffmpeg. The frames are passed as a list, because ffmpeg has no glob patterns on Windows.
/// </summary>
internal sealed class FramesToVideoCommand : ITaskCommand
{
    public string Name => "frames-to-video";

    public async Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken)
    {
        var fps = parameters.Number("fps");
        if (fps <= 0) throw new TaskCommandException($"parameter 'fps' must be greater than 0: {fps}");
        var pattern = parameters.Text("inputGlob");
        var output = parameters.Text("outputFile");
        var frames = PathPattern.Find(pattern);
        if (frames.Count == 0) throw new TaskCommandException($"no file matches {pattern}");
        await context.LogAsync($"frames-to-video: {frames.Count} frames, {frames[0]} to {frames[^1]}", cancellationToken);

        if (Path.GetDirectoryName(Path.GetFullPath(output)) is { } directory) FolderAccess.CreateDirectory(directory);
        var list = Path.Combine(Path.GetTempPath(), $"farm-frames-{Guid.NewGuid():N}.txt");
        await File.WriteAllTextAsync(list, ConcatList(frames, fps), new UTF8Encoding(false), cancellationToken);
        try
        {
            var rate = fps.ToString(CultureInfo.InvariantCulture);
            List<string> arguments =
            [
                .. parameters.Words("exeArgs"),
                .. parameters.List("argsBefore"),
                // Without a rate for the input, ffmpeg rounds the durations of the list to 1/25 s.
                "-r", rate, "-f", "concat", "-safe", "0", "-i", list,
                .. parameters.List("args"),
                output,
            ];
            await context.RunProgramAsync(parameters.Text("exe"), arguments, null, cancellationToken);
        }
        finally
        {
            File.Delete(list);
        }
    }

    /// <summary>The list for ffmpeg's concat demuxer.</summary>
    internal static string ConcatList(IReadOnlyList<string> frames, double fps)
    {
        var duration = (1 / fps).ToString("0.########", CultureInfo.InvariantCulture);
        var text = new StringBuilder("ffconcat version 1.0\n");
        foreach (var frame in frames)
            text.Append("file '").Append(frame.Replace("'", "'\\''")).Append("'\nduration ").Append(duration).Append('\n');
        return text.ToString();
    }
}
