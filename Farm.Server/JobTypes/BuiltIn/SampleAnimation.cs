using System.Globalization;
using Farm.Server.JobTypes.Authoring;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>Tests a farm without Blender: the built-in worker draws the frames with Farm's own executable.</summary>
internal sealed class SampleAnimation : IJobType
{
    private const string DefaultFrames = "1-24";
    private const int DefaultChunkSize = 3;
    private const string DefaultOutputPath = "{jobs}/sample-animation/{timestamp}/######";
    private const double DefaultFps = 24;

    /// <inheritdoc/>
    public JobTypeInfo Info { get; } = new(
        "sample-animation",
        "Sample Animation",
        "Draws frames with the farm's own executable, to try a farm without Blender. Only the farm's built-in worker can do it.",
        [
            new("frames", JobSettingType.String) { Default = DefaultFrames, Description = "Frames to draw, for example 1-24 or 1, 5..8" },
            new("chunk_size", JobSettingType.Int32)
            {
                Default = DefaultChunkSize,
                PropArgs = new() { ["min"] = 1 },
                Description = "Number of frames that a worker draws at a time",
            },
            new("render_output_path", JobSettingType.String)
            {
                Subtype = JobSettingSubtype.FilePath,
                Default = DefaultOutputPath,
                Description = "Where the frames go; the hash marks become the frame number",
            },
            new("fps", JobSettingType.Float) { Default = DefaultFps, Description = "Frames per second of the preview video" },
            new("pause_ms", JobSettingType.Int32)
            {
                Default = 0,
                PropArgs = new() { ["min"] = 0 },
                Description = "Milliseconds to rest after each frame, so that there is something to watch",
            },
            new("preview_video", JobSettingType.Bool)
            {
                Default = false,
                Description = "Make a video of the frames; needs FFmpeg on a worker",
            },
        ]);

    /// <inheritdoc/>
    public JobDraft Compile(JobSubmission submission)
    {
        var settings = new SettingsReader(submission.Settings.Values);
        var chunkSize = settings.Int32("chunk_size", least: 1) ?? DefaultChunkSize;
        var frames = FrameSettings.ReadFrames(settings.OptionalText("frames") ?? DefaultFrames, chunkSize);
        var outputPath = FrameSettings.Timestamped(settings.OptionalText("render_output_path") ?? DefaultOutputPath, submission);
        var fps = settings.NonNegativeNumber("fps") ?? DefaultFps;
        var pause = settings.Int32("pause_ms", least: 0) ?? 0;
        var wantsVideo = (settings.Flag("preview_video") ?? false) && fps > 0;

        List<StageDraft> stages =
        [
            new("render", "farm", JobLimits.TaskPriority, [],
                frames.Chunks(chunkSize).Select(chunk => RenderTask(chunk, frames.Count, outputPath, pause)))
            {
                Bounds = FrameSettings.Bounds(frames, chunkSize, chunk => RenderTask(chunk, frames.Count, outputPath, pause)),
            },
        ];
        if (wantsVideo)
            stages.Add(PreviewVideo.Stage(SlashPath.DirectoryName(outputPath), ".png", "sample", frames, fps));

        var changed = submission.Settings.Copy();
        changed["render_output_path"] = outputPath;
        var videoTasks = wantsVideo ? 1 : 0;
        return new JobDraft(submission.Name, new JobSettings(changed), stages, frames.ChunkCount(chunkSize) + videoTasks, frames.Count + videoTasks);
    }

    private static TaskDraft RenderTask(FrameRange chunk, long framesTotal, string outputPath, int pause)
    {
        string[] arguments =
        [
            "--frames-total", framesTotal.ToString(CultureInfo.InvariantCulture),
            "--render-output", outputPath,
            "--render-format", "PNG",
            "--render-frame", chunk.ToBlenderArgument(),
            "--pause-ms", pause.ToString(CultureInfo.InvariantCulture),
        ];
        return new TaskDraft($"render-{chunk}", [BlenderCommand.Render("{farm}", "draw-frames", blendFile: "", arguments, chunk)])
        {
            Frames = chunk.ToRanges(),
        };
    }
}
