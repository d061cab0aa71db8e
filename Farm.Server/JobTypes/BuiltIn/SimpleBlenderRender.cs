using Farm.Server.JobTypes.Authoring;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>Renders a blend file in chunks of frames and makes a preview video (Contracts/Flamenco/Contract.md section 7.4).</summary>
internal sealed class SimpleBlenderRender : IJobType
{
    /// <summary>
    /// Overrides scene settings that would lose frames: keeping existing files (a crashed worker leaves an incomplete file),
    /// placeholder files (they would stay forever), and files without an extension (the preview video would not find
    /// them).
    /// </summary>
    private const string RenderOverrides =
        "import bpy; r = bpy.context.scene.render; r.use_overwrite = True; r.use_placeholder = False; r.use_file_extension = True";

    private const double DefaultFps = 24;

    /// <inheritdoc/>
    public JobTypeInfo Info { get; } = new(
        "simple-blender-render",
        "Simple Blender Render",
        "Renders the frames of an animation and makes a preview video of them.",
        SimpleBlenderRenderSettings.All);

    /// <inheritdoc/>
    /// <remarks>
    /// Requires <c>frames</c> and <c>render_output_path</c>. Defaults for the rest: Blender's start-up file, the active scene of
    /// the blend file, PNG, and Blender's 24 fps.
    /// </remarks>
    public JobDraft Compile(JobSubmission submission)
    {
        var settings = new SettingsReader(submission.Settings.Values);
        var format = settings.OptionalText("format") ?? "PNG";
        if (ImageFormats.IsVideo(format))
            throw new JobCompilationException(
                $"Format {format} writes one video file, which the workers of a farm cannot share. "
                + "Choose an image format; the farm makes a preview video of the frames.");
        var chunkSize = settings.Int32("chunk_size", least: 1) ?? 1;
        var frames = FrameSettings.ReadFrames(
            settings.RequiredText("frames", "it says which frames to render, for example 1-50"), chunkSize);
        var outputPath = FrameSettings.Timestamped(
            settings.RequiredText("render_output_path", "it says where the frames go, for example /renders/shot/######"), submission);
        var blendFile = settings.OptionalText("blendfile") ?? "";
        var sceneArguments = settings.OptionalText("scene") is { } scene ? new[] { "--scene", scene } : [];

        List<StageDraft> stages =
        [
            new("render", "blender", JobLimits.TaskPriority, [],
                frames.Chunks(chunkSize).Select(chunk => RenderTask(chunk, blendFile, sceneArguments, outputPath, format)))
            {
                Bounds = FrameSettings.Bounds(frames, chunkSize, chunk => RenderTask(chunk, blendFile, sceneArguments, outputPath, format)),
            },
        ];
        if (VideoStage(settings, frames, blendFile, outputPath, format) is { } video)
            stages.Add(video);

        var changed = submission.Settings.Copy();
        changed["render_output_path"] = outputPath;
        var videoTasks = stages.Count - 1;
        return new JobDraft(submission.Name, new JobSettings(changed), stages, frames.ChunkCount(chunkSize) + videoTasks, frames.Count + videoTasks);
    }

    private static TaskDraft RenderTask(FrameRange chunk, string blendFile, string[] sceneArguments, string outputPath, string format)
    {
        string[] arguments =
        [
            .. sceneArguments,
            "--python-expr", RenderOverrides,
            "--render-output", outputPath,
            "--render-format", ImageFormats.CommandLineName(format),
            "--render-frame", chunk.ToBlenderArgument(),
        ];
        return new TaskDraft($"render-{chunk}", [BlenderCommand.Render("{blender}", "{blenderArgs}", blendFile, arguments, chunk)])
        {
            Frames = chunk.ToRanges(),
        };
    }

    private static StageDraft? VideoStage(SettingsReader settings, FrameRange frames, string blendFile, string outputPath, string format)
    {
        var fps = settings.NonNegativeNumber("fps") ?? DefaultFps;
        var ofPreviews = ImageFormats.IsExrLike(format);
        if (fps == 0 || (ofPreviews && !(settings.Flag("has_previews") ?? false)))
            return null;
        var extension = ofPreviews ? ".jpg" : settings.OptionalText("image_file_extension") ?? ImageFormats.Extension(format);
        var stem = blendFile.Length > 0 ? SlashPath.Stem(blendFile) : "preview";
        return PreviewVideo.Stage(OutputDirectory(outputPath, blendFile), extension, stem, frames, fps);
    }

    /// <summary>Resolves a leading <c>//</c>, which means "relative to the blend file" in Blender but not in FFmpeg.</summary>
    private static string OutputDirectory(string outputPath, string blendFile)
    {
        if (blendFile.Length > 0 && outputPath.StartsWith("//", StringComparison.Ordinal))
            outputPath = SlashPath.Join(SlashPath.DirectoryName(blendFile), outputPath[2..]);
        return SlashPath.DirectoryName(outputPath);
    }
}
