using Farm.Tests.Support;

namespace Farm.Tests.JobTypes.BuiltIn;

public sealed class SampleAnimationTests
{
    private const string Type = "sample-animation";

    [Fact]
    public void Without_settings_24_frames_are_drawn_three_at_a_time_and_there_is_no_video() =>
        Snapshot.Verify(Submissions.Show(Submissions.Compile(Type, "{}")));

    [Fact]
    public void A_video_is_made_if_it_is_asked_for() => Snapshot.Verify(Submissions.Show(Submissions.Compile(
        Type, """{"frames":"1-5","render_output_path":"/out/######","fps":12,"pause_ms":250,"preview_video":true}""")));

    [Fact]
    public void A_video_of_no_frames_per_second_is_not_made() =>
        Assert.Single(Submissions.Compile(Type, """{"preview_video":true,"fps":0}""").Stages);
}
