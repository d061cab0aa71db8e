using Farm.Server.JobTypes;
using Farm.Tests.Support;

namespace Farm.Tests.JobTypes;

/// <summary>Tests of every built-in job type.</summary>
public sealed class JobTypeTests
{
    public static TheoryData<string> Names => [.. Submissions.Registry.All.Select(type => type.Info.Name)];

    public static TheoryData<string, string> Samples => new()
    {
        { "command-line", """{"executable":"convert","arguments":"in.exr out.png","frames":"1-5,8-20","chunk_size":3}""" },
        { "command-line", """{"executable":"convert","frames":"1-5","artifacts":"/out/*.png /out/b.txt"}""" },
        { "echo-sleep-test", """{"message":"hello","sleep_duration_seconds":2,"sleep_repeats":7}""" },
        { "sample-animation", """{"frames":"1-10,20","chunk_size":4,"preview_video":true}""" },
        { "simple-blender-render", """{"frames":"1-100","chunk_size":7,"render_output_path":"/r/{timestamp}/######","fps":24,"format":"PNG"}""" },
        { "simple-blender-render", """{"frames":"3","render_output_path":"/r/######","fps":0}""" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_type_as_clients_see_it(string name) =>
        Snapshot.Verify(JobTypeJson.Write(Submissions.Registry.Find(name)!.Info), name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Keys_are_unique_identifiers(string name)
    {
        var keys = Submissions.Registry.Find(name)!.Info.Settings.Select(setting => setting.Key).ToList();

        Assert.All(keys, key => Assert.Matches("^[a-z][a-z0-9_]*$", key));
        Assert.Equal(keys.Distinct(), keys);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Counts_match_the_tasks(string type, string settings)
    {
        var job = Submissions.Compile(type, settings);
        var tasks = job.Stages.SelectMany(stage => stage.Tasks).ToList();

        Assert.Equal(tasks.Count, job.TaskCount);
        Assert.Equal(tasks.Sum(task => (long)task.StepsTotal), job.StepsTotal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Recompiling_from_stored_settings_gives_the_same_job(string type, string settings)
    {
        var job = Submissions.Compile(type, settings);
        var later = Submissions.Of(type, job.Settings.Text) with { Created = DateTimeOffset.UnixEpoch };

        Assert.Equal(Submissions.Show(job).ToJsonString(), Submissions.Show(Submissions.Registry.Compile(later)).ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Each_enumeration_returns_equal_tasks_that_share_no_state(string type, string settings)
    {
        var job = Submissions.Compile(type, settings);
        var before = Submissions.Show(job).ToJsonString();

        foreach (var command in job.Stages.SelectMany(stage => stage.Tasks.Skip(1)).SelectMany(task => task.Commands))
            command.Parameters["changed"] = true;

        Assert.Equal(before, Submissions.Show(job).ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Compiling_does_not_change_the_submission(string type, string settings)
    {
        var submission = Submissions.Of(type, settings);

        Submissions.Registry.Compile(submission).Settings.Values["changed"] = true;

        Assert.Equal(settings, submission.Settings.Text);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Unknown_settings_are_kept(string type, string settings)
    {
        var job = Submissions.Compile(type, settings.TrimEnd('}') + ""","studio":{"shot":[1,null]}}""");

        Assert.Equal("""{"shot":[1,null]}""", job.Settings.Values["studio"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Stages_depend_only_on_earlier_ones(string type, string settings) => Assert.All(
        Submissions.Compile(type, settings).Stages.Index(),
        stage => Assert.All(stage.Item.DependsOn, on => Assert.InRange(on, 0, stage.Index - 1)));
}
