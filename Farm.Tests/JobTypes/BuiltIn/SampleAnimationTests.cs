using Farm.Tests.Support;

namespace Farm.Tests.JobTypes.BuiltIn;

public sealed class SampleAnimationTests
{
    private const string Type = "sample-animation";

    [Fact]
    public void By_default_24_frames_are_drawn_in_chunks_of_three_without_a_video() =>
        Snapshot.Verify(Submissions.Show(Submissions.Compile(Type, "{}")));

    [Fact]
    public void A_video_is_made_on_request() => Snapshot.Verify(Submissions.Show(Submissions.Compile(
        Type, """{"frames":"1-5","render_output_path":"/out/######","fps":12,"pause_ms":250,"preview_video":true}""")));

    [Fact]
    public void No_video_is_made_at_zero_frames_per_second() =>
        Assert.Single(Submissions.Compile(Type, """{"preview_video":true,"fps":0}""").Stages);
}
