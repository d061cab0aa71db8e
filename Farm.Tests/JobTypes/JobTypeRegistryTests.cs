using Farm.Server.JobTypes;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Tests.JobTypes;

public sealed class JobTypeRegistryTests
{
    [Fact]
    public void Types_are_sorted_by_name() => Assert.Equal(
        ["command-line", "echo-sleep-test", "sample-animation", "simple-blender-render"], Submissions.Registry.All.Select(type => type.Info.Name));

    [Fact]
    public void A_type_is_found_by_its_exact_name()
    {
        Assert.Equal("echo-sleep-test", Submissions.Registry.Find("echo-sleep-test")!.Info.Name);
        Assert.Null(Submissions.Registry.Find("Echo-Sleep-Test"));
    }

    [Fact]
    public void A_later_type_overrides_an_earlier_one_of_the_same_name()
    {
        var own = new NamedType("echo-sleep-test");

        Assert.Same(own, new JobTypeRegistry([.. Submissions.Registry.All, own]).Find("echo-sleep-test"));
    }

    [Fact]
    public void A_job_of_an_unknown_type_is_rejected_with_a_list_of_known_types() => Assert.Equal(
        "This farm has no job type \"nope\". It has: command-line, echo-sleep-test, sample-animation, simple-blender-render.",
        Submissions.Error("nope", "{}"));

    private sealed class NamedType(string name) : IJobType
    {
        public JobTypeInfo Info { get; } = new(name, name, null, []);

        public JobDraft Compile(JobSubmission submission) => new(submission.Name, submission.Settings, [], 0, 0);
    }
}
