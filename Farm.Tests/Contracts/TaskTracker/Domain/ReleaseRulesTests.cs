using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Tests.Support;
using FsCheck.Fluent;

namespace Farm.Tests.Contracts.TaskTracker.Domain;

/// <summary>What becomes of a task that a worker gives back (Contracts/TaskTracker/Contract.md section 5.2).</summary>
public sealed class ReleaseRulesTests
{
    [Fact]
    public void A_task_without_verification_is_closed_when_done() =>
        Assert.Equal(ReleaseDecision.Close, ReleaseRules.Decide(ReleaseResult.Ok, New(), () => throw new InvalidOperationException("nobody else is asked")));

    [Theory]
    [InlineData(2, 1, ReleaseDecision.AwaitOthers)]
    [InlineData(2, 2, ReleaseDecision.Close)]
    [InlineData(3, 2, ReleaseDecision.AwaitOthers)]
    [InlineData(3, 3, ReleaseDecision.Close)]
    [InlineData(2, 5, ReleaseDecision.Close)]
    internal void A_task_is_closed_when_enough_workers_agree(int wanted, int agreeing, ReleaseDecision decision) =>
        Assert.Equal(decision, ReleaseRules.Decide(ReleaseResult.Ok, New(verifications: wanted), () => agreeing));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 5)]
    public void A_task_fails_for_good_after_its_maximum_of_failures(int maxRetries, int attempts)
    {
        for (var retries = 0; retries < attempts; retries++)
        {
            var decision = ReleaseRules.Decide(ReleaseResult.Fail, New(maxRetries, retries), () => 0);
            Assert.Equal(retries + 1 == attempts ? ReleaseDecision.Fail : ReleaseDecision.Retry, decision);
        }
    }

    [Fact]
    public void Skipping_changes_nothing() => Rule.HoldsFor(
        from retries in Gen.Choose(0, 9)
        from max in Gen.Choose(0, 9)
        from verifications in Gen.Choose(1, 5)
        select New(max, retries, verifications),
        recipe => Assert.Equal(ReleaseDecision.Requeue, ReleaseRules.Decide(ReleaseResult.Skip, recipe, () => 9)));

    [Theory]
    [InlineData("frame 17", "frame 17")]
    [InlineData("\n\n first \r\nsecond", "first")]
    [InlineData("a\u0001b", "a b")]
    [InlineData("\u0007", "recipe")]
    [InlineData("   ", "recipe")]
    public void A_task_is_named_after_the_start_of_its_recipe(string text, string name) =>
        Assert.Equal(name, new NewRecipe(text, 0, New().Terms).Name);

    [Fact]
    public void A_task_name_is_short_and_does_not_split_a_character()
    {
        Assert.Equal(60, new NewRecipe(new string('x', 100), 0, New().Terms).Name.Length);
        Assert.Equal(new string('x', 59), new NewRecipe(new string('x', 59) + "😀", 0, New().Terms).Name);
    }

    [Fact]
    public void Only_completed_and_canceled_tasks_are_not_present()
    {
        var gone = Enum.GetValues<TaskStatus>().Where(status => !status.IsPresent());
        Assert.Equal([TaskStatus.Completed, TaskStatus.Canceled], gone);
    }

    [Theory]
    [InlineData(TaskStatus.Completed, TaskStatus.Queued, true)]
    [InlineData(TaskStatus.Canceled, TaskStatus.Failed, true)]
    [InlineData(TaskStatus.Failed, TaskStatus.Queued, true)]
    [InlineData(TaskStatus.Failed, TaskStatus.Paused, true)]
    [InlineData(TaskStatus.Failed, TaskStatus.Canceled, false)]
    [InlineData(TaskStatus.Completed, TaskStatus.Canceled, false)]
    [InlineData(TaskStatus.Active, TaskStatus.Queued, false)]
    internal void Retries_are_reset_when_a_finished_task_is_requeued(TaskStatus from, TaskStatus to, bool isAnother) =>
        Assert.Equal(isAnother, RecipeStatusRules.ResetsRetries(from, to));

    private static Recipe New(int maxRetries = 0, int retries = 0, int verifications = 1) =>
        new(new RecipeTerms(maxRetries, 0, verifications, null), retries);
}
