using Farm.Tests.Support;

namespace Farm.Tests.JobTypes.BuiltIn;

public sealed class EchoSleepTestTests
{
    private const string Type = "echo-sleep-test";

    [Fact]
    public void One_task_echoes_and_then_the_others_sleep() =>
        Snapshot.Verify(Submissions.Show(Submissions.Compile(Type, """{"message":"hello","sleep_duration_seconds":2,"sleep_repeats":2}""")));

    [Fact]
    public void By_default_one_task_sleeps_for_a_second()
    {
        var job = Submissions.Compile(Type, "{}");

        Assert.Equal(2, job.TaskCount);
        Assert.Equal("""{"message":""}""", job.Stages[0].Tasks.Single().Commands[0].Parameters.ToJsonString());
        Assert.Equal("""{"duration_in_seconds":1}""", job.Stages[1].Tasks.Single().Commands[0].Parameters.ToJsonString());
    }

    [Fact]
    public void With_zero_repeats_no_task_sleeps() => Assert.Single(Submissions.Compile(Type, """{"sleep_repeats":0}""").Stages);

    [Theory]
    [InlineData("sleep_repeats")]
    [InlineData("sleep_duration_seconds")]
    public void A_negative_value_is_rejected(string key) =>
        Assert.Equal($"Setting \"{key}\" must be at least 0, but is -1.", Submissions.Error(Type, $$"""{"{{key}}":-1}"""));

    [Fact]
    public void Too_many_tasks_are_rejected() => Assert.Equal(
        "This job would have 10000001 tasks; the most is 10000000. Choose a smaller sleep_repeats.",
        Submissions.Error(Type, """{"sleep_repeats":10000000}"""));
}
