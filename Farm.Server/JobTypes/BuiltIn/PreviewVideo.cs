using System.Globalization;
using System.Text.Json.Nodes;
using Farm.Server.JobTypes.Authoring;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>The task that makes a video of all frames after they are rendered (Contracts/Flamenco/Contract.md sections 7.4 and 7.5).</summary>
internal static class PreviewVideo
{
    /// <summary>Creates a stage with one task, which depends on stage 0.</summary>
    /// <param name="directory">Contains the frames and receives the video.</param>
    /// <param name="extension">Of the frames, including the dot.</param>
    /// <param name="stem">The video's name is <c>stem-first-last.mp4</c>.</param>
    /// <param name="frames">All frames of the job.</param>
    /// <param name="fps">Frames per second, more than 0.</param>
    public static StageDraft Stage(string directory, string extension, string stem, FrameRange frames, double fps)
    {
        var command = new CommandDraft(
            "frames-to-video",
            new JsonObject
            {
                ["exe"] = "ffmpeg",
                ["fps"] = Number(fps),
                ["inputGlob"] = SlashPath.Join(directory, "*" + extension),
                ["outputFile"] = SlashPath.Join(directory, $"{stem}-{frames.First}-{frames.Last}.mp4"),
                ["args"] = new JsonArray([.. Arguments(fps).Select(argument => JsonValue.Create(argument))]),
            },
            TotalStepCount: 0);
        return new StageDraft("preview-video", "ffmpeg", JobLimits.TaskPriority, [0], [Task()])
        {
            Bounds = new TaskBounds(1, Task, Task),
        };

        TaskDraft Task() => new("preview-video", [command]);
    }

    /// <summary>Every player supports H.264 with 4:2:0, which requires an even width and height.</summary>
    private static string[] Arguments(double fps) =>
    [
        "-c:v", "h264", "-crf", "20", "-g", "18", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p",
        "-r", fps.ToString(CultureInfo.InvariantCulture), "-y",
    ];

    private static JsonNode Number(double fps) => fps == Math.Floor(fps) && fps < int.MaxValue ? (int)fps : fps;
}
