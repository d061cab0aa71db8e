using Farm.Server.Domain.Workers;
using Farm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Domain.Workers;

/// <summary>Contracts/Flamenco/Contract.md sections 3.2 to 3.5 and 4.1.</summary>
public sealed class WorkerRulesTests
{
    private static readonly Gen<WorkerStatus> Statuses = Gen.Elements(Enum.GetValues<WorkerStatus>());

    private static readonly Gen<StatusRequest?> Slots =
        from status in Statuses
        from lazy in Gen.Elements(true, false)
        from empty in Gen.Elements(true, false)
        select empty ? null : (StatusRequest?)new StatusRequest(status, lazy);

    [Fact]
    public void The_newest_request_wins_and_requesting_the_current_status_clears_it() => Rule.HoldsFor(
        from present in Statuses from asked in Statuses select (present, asked), it =>
        {
            var request = new StatusRequest(it.asked, Lazy: true);
            Assert.Equal(it.asked == it.present ? null : request, WorkerRules.Requested(it.present, request));
        });

    [Fact]
    public void A_request_remains_until_the_worker_reports_that_status() => Rule.HoldsFor(
        from slot in Slots from reported in Statuses select (slot, reported),
        it => Assert.Equal(it.slot?.Status == it.reported ? null : it.slot, WorkerRules.Acknowledged(it.slot, it.reported)));

    [Fact]
    public void A_worker_that_signs_on_gets_its_requested_status_or_awake() => Rule.HoldsFor(
        Slots, slot => Assert.Equal(slot?.Status ?? WorkerStatus.Awake, WorkerRules.StatusAfterSignOn(slot, scheduled: null)));

    [Fact]
    public void A_worker_that_signs_on_without_a_request_gets_its_scheduled_status() => Rule.HoldsFor(
        Slots, slot => Assert.Equal(slot?.Status ?? WorkerStatus.Asleep, WorkerRules.StatusAfterSignOn(slot, WorkerStatus.Asleep)));

    [Theory]
    [InlineData(WorkerStatus.Offline)]
    [InlineData(WorkerStatus.Restart)]
    internal void Signing_off_fulfills_an_offline_or_restart_request_and_keeps_the_previous_status_for_later(WorkerStatus asked)
    {
        var slot = new StatusRequest(asked, Lazy: false);
        Assert.Equal(new StatusRequest(WorkerStatus.Asleep, false), WorkerRules.SignedOff(WorkerStatus.Asleep, slot));
        Assert.Equal(new StatusRequest(WorkerStatus.Awake, false), WorkerRules.SignedOff(WorkerStatus.Awake, null));
        Assert.Null(WorkerRules.SignedOff(WorkerStatus.Starting, slot));
    }

    [Fact]
    public void Other_requests_survive_a_sign_off() =>
        Assert.Equal(
            new StatusRequest(WorkerStatus.Asleep, true), WorkerRules.SignedOff(WorkerStatus.Awake, new StatusRequest(WorkerStatus.Asleep, true)));

    [Fact]
    public void Tasks_are_requeued_if_and_only_if_a_worker_stops_being_awake() => Rule.HoldsFor(
        from before in Statuses from after in Statuses select (before, after),
        it => Assert.Equal(it is (WorkerStatus.Awake, not WorkerStatus.Awake), WorkerRules.LosesTasks(it.before, it.after)));
}
