using System.Text.Json.Nodes;
using Farm.Server.JobTypes.Drafts;
using Farm.Tests.Support;

namespace Farm.Tests.JobTypes.BuiltIn;

public sealed class SimpleBlenderRenderTests
{
    private const string Type = "simple-blender-render";

    private const string AsTheAddOnSendsThem =
        """
        {"frames":"1-10","chunk_size":5,"render_output_root":"{renders}","add_path_components":0,"render_output_path":"{renders}/Shot 10/{timestamp}/######",
         "blendfile":"{jobs}/shot10/shot10.blend","fps":24.0,"format":"PNG","image_file_extension":".png","has_previews":false,"scene":"Scene"}
        """;

    [Fact]
    public void Chunks_are_rendered_and_then_combined_into_a_video() =>
        Snapshot.Verify(Submissions.Show(Submissions.Compile(Type, AsTheAddOnSendsThem)));

    [Fact]
    public void The_contracts_example_has_eleven_steps()
    {
        var job = Submissions.Compile(Type, """{"frames":"1-10","chunk_size":5,"render_output_path":"/Volumes/nfs/out/{timestamp}/######","format":"PNG"}""");

        Assert.Equal((3, 11), (job.TaskCount, job.StepsTotal));
        Assert.Equal("/Volumes/nfs/out/2025-01-02_100000/preview-1-10.mp4", Video(job)!["outputFile"]!.GetValue<string>());
        Assert.DoesNotContain("--scene", Arguments(job));
    }

    [Fact]
    public void The_timestamp_is_the_local_creation_time_and_is_stored() => Assert.Equal(
        "{renders}/Shot 10/2025-01-02_100000/######",
        Submissions.Compile(Type, AsTheAddOnSendsThem).Settings.Values["render_output_path"]!.GetValue<string>());

    [Theory]
    [InlineData("FFMPEG")]
    [InlineData("AVI_RAW")]
    [InlineData("AVI_JPEG")]
    public void Video_formats_are_rejected(string format) => Assert.StartsWith($"Format {format} writes one video file", Refusal("format", format));

    [Theory]
    [InlineData("OPEN_EXR", false, null)]
    [InlineData("OPEN_EXR_MULTILAYER", false, null)]
    [InlineData("OPEN_EXR", true, "{renders}/Shot 10/2025-01-02_100000/*.jpg")]
    [InlineData("OPEN_EXR_MULTILAYER", true, "{renders}/Shot 10/2025-01-02_100000/*.jpg")]
    [InlineData("JPEG", false, "{renders}/Shot 10/2025-01-02_100000/*.jpg")]
    [InlineData("TIFF", false, "{renders}/Shot 10/2025-01-02_100000/*.tif")]
    [InlineData("WEBP", true, "{renders}/Shot 10/2025-01-02_100000/*.webp")]
    public void The_video_is_made_only_from_images_that_FFmpeg_can_read(string format, bool hasPreviews, string? inputGlob)
    {
        var job = CompileWith(("format", format), ("has_previews", hasPreviews), ("image_file_extension", null));

        Assert.Equal(inputGlob, Video(job)?["inputGlob"]!.GetValue<string>());
        Assert.Equal(inputGlob is null ? 10 : 11, job.StepsTotal);
    }

    [Fact]
    public void No_video_is_made_at_zero_frames_per_second() => Assert.Null(Video(CompileWith(("fps", 0))));

    [Theory]
    [InlineData(23.976, "23.976")]
    [InlineData(24.0, "24")]
    public void Frames_per_second_are_written_as_a_number(double fps, string written) =>
        Assert.Equal(written, Video(CompileWith(("fps", fps)))!["fps"]!.ToJsonString());

    [Theory]
    [InlineData("TARGA", "TGA")]
    [InlineData("TARGA_RAW", "RAWTGA")]
    [InlineData("JPEG2000", "JP2")]
    [InlineData("PNG", "PNG")]
    public void Formats_get_their_command_line_names(string format, string argument)
    {
        var arguments = Arguments(CompileWith(("format", format)));

        Assert.Equal(argument, arguments[arguments.IndexOf("--render-format") + 1]);
    }

    [Fact]
    public void Frames_are_the_last_argument_because_Blender_renders_as_it_parses() =>
        Assert.Equal(["--render-frame", "1..5"], Arguments(CompileWith()).TakeLast(2));

    [Fact]
    public void A_path_relative_to_the_blend_file_is_resolved_for_FFmpeg() => Assert.Equal(
        "{jobs}/shot10/frames/*.png", Video(CompileWith(("render_output_path", "//frames/######")))!["inputGlob"]!.GetValue<string>());

    [Fact]
    public void A_UNC_path_is_not_mistaken_for_one_relative_to_the_blend_file() => Assert.Equal(
        "//nas/renders/*.png", Video(CompileWith(("render_output_path", @"\\nas\renders\######")))!["inputGlob"]!.GetValue<string>());

    [Theory]
    [InlineData("frames", "Setting \"frames\" is missing: it says which frames to render, for example 1-50.")]
    [InlineData("render_output_path", "Setting \"render_output_path\" is missing: it says where the frames go, for example /renders/shot/######.")]
    public void A_missing_required_setting_is_explained(string key, string message) => Assert.Equal(message, Refusal(key, null));

    [Theory]
    [InlineData("frames", "10-1", "Setting \"frames\": \"10-1\" is no range of frames: it ends before it begins.")]
    [InlineData("frames", "0-10000000", "This job would have 10000001 tasks; the most is 10000000. Choose fewer frames or a larger chunk_size.", 1)]
    [InlineData("chunk_size", "0", "Setting \"chunk_size\" must be at least 1, but is 0.")]
    public void An_invalid_value_is_rejected_with_a_hint(string key, string value, string message, int chunkSize = 5) =>
        Assert.Equal(message, Submissions.Error(Type, With(("chunk_size", chunkSize), (key, value))));

    [Fact]
    public void A_million_tasks_are_counted_up_front_and_created_lazily()
    {
        var job = CompileWith(("frames", "1-1000000"), ("chunk_size", 1));

        Assert.Equal((1_000_001, 1_000_001), (job.TaskCount, job.StepsTotal));
        Assert.Equal("render-1000000", job.Stages[0].Tasks.Last().Name);
    }

    private static JobDraft CompileWith(params (string Key, JsonNode? Value)[] changes) => Submissions.Compile(Type, With(changes));

    private static string Refusal(string key, JsonNode? value) => Submissions.Error(Type, With((key, value)));

    private static string With(params (string Key, JsonNode? Value)[] changes)
    {
        var settings = JsonNode.Parse(AsTheAddOnSendsThem)!.AsObject();
        foreach (var (key, value) in changes)
            settings[key] = value;
        return settings.ToJsonString();
    }

    private static List<string> Arguments(JobDraft job) =>
        [.. job.Stages[0].Tasks.First().Commands[0].Parameters["args"]!.AsArray().Select(argument => argument!.GetValue<string>())];

    private static JsonObject? Video(JobDraft job) =>
        job.Stages.Count > 1 ? job.Stages[1].Tasks.Single().Commands.Single().Parameters : null;
}
