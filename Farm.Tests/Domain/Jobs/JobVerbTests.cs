using Farm.Server.Domain.Jobs;

namespace Farm.Tests.Domain.Jobs;

public sealed class JobVerbTests
{
    [Theory]
    [InlineData("Pause", "Queued Active")]
    [InlineData("Resume", "PauseRequested Paused")]
    [InlineData("Cancel", "Queued Active PauseRequested Paused Requeueing")]
    [InlineData("Requeue", "Queued Active PauseRequested Paused Completed Failed Canceled")]
    public void A_verb_is_allowed_only_in_these_statuses(string verb, string statuses)
    {
        var allowed = Enum.GetValues<JobStatus>().Where(status => Enum.Parse<JobVerb>(verb).WhyNotAllowed(status) is null);

        Assert.Equal(statuses, string.Join(' ', allowed));
    }
}
