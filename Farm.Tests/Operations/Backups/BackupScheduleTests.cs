using Farm.Server.Domain.Access;
using Farm.Server.Operations.Backups;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Backups;

/// <summary>Backups that the farm makes by itself. The clock of a test starts on January 5 at 10:00, and the farm is made then.</summary>
public sealed class BackupScheduleTests : IAsyncDisposableTest
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly BackupFixture _farm = new();

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    [SqliteFact]
    public async Task A_farm_makes_a_backup_every_night()
    {
        await _farm.PassAsync(Minute);
        Assert.Empty(_farm.Names);
        await _farm.PassAsync(TimeSpan.FromHours(16) + (59 * Minute));
        Assert.Equal(["scheduled-20260106-030000-000.db"], _farm.Names);
        await _farm.PassAsync(Minute);
        Assert.Single(_farm.Names);
        await _farm.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(["scheduled-20260107-030100-000.db", "scheduled-20260106-030000-000.db"], _farm.Names);
    }

    [SqliteFact]
    public async Task A_backup_that_was_missed_is_made_after_the_start()
    {
        await _farm.PassAsync(TimeSpan.FromDays(3.5));
        Assert.Equal(["scheduled-20260108-220000-000.db"], _farm.Names);
        await _farm.PassAsync(Minute);
        Assert.Single(_farm.Names);
    }

    [SqliteFact]
    public async Task A_backup_made_by_hand_is_not_that_of_the_schedule()
    {
        _farm.Time.Advance(TimeSpan.FromDays(1));
        await _farm.Backups.MakeAsync(Caller.Farm, null);
        await _farm.PassAsync(Minute);
        Assert.Equal(["scheduled-20260106-100100-000.db", "farm-20260106-100000-000.db"], _farm.Names);
    }

    [SqliteFact]
    public async Task Without_times_there_are_no_backups()
    {
        await using var farm = new BackupFixture(new BackupSettings { Times = [], With = [] });
        await farm.PassAsync(TimeSpan.FromDays(9));
        Assert.Empty(farm.Names);
    }

    [SqliteFact]
    public async Task Old_scheduled_backups_are_removed_and_no_others()
    {
        await using var farm = new BackupFixture(new BackupSettings { With = [BackupPart.Settings], KeepDays = 5, KeepAtLeast = 2 });
        await farm.Backups.MakeAsync(Caller.Farm, []);
        Directory.CreateDirectory(Path.Combine(farm.Folder, "replaced-20260101-000000-000"));
        File.Copy(Path.Combine(farm.Folder, farm.Names[0]), Path.Combine(farm.Folder, "replaced-20260101-000000-000", "farm.db"));
        for (var day = 0; day < 9; day++) await farm.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(
            [
                "scheduled-20260114-100000-000", "scheduled-20260113-100000-000", "scheduled-20260112-100000-000", "scheduled-20260111-100000-000",
                "scheduled-20260110-100000-000", "scheduled-20260109-100000-000", "farm-20260105-100000-000.db", "replaced-20260101-000000-000",
            ],
            farm.Names);
    }

    [SqliteFact]
    public async Task After_a_long_pause_the_last_good_backups_stay()
    {
        await using var farm = new BackupFixture(new BackupSettings { With = [], KeepDays = 5, KeepAtLeast = 2 });
        await farm.PassAsync(TimeSpan.FromDays(1));
        await farm.PassAsync(TimeSpan.FromDays(1));
        await farm.PassAsync(TimeSpan.FromDays(1));
        // Damaged backups are none that may be needed.
        await File.WriteAllTextAsync(Path.Combine(farm.Folder, "scheduled-20260108-100000-000.db"), "damaged");
        Assert.NotNull((await farm.Backups.VerifyAsync(Caller.Farm, "scheduled-20260108-100000-000.db")).Problem);
        await farm.PassAsync(TimeSpan.FromDays(100));
        Assert.Equal(["scheduled-20260418-100000-000.db", "scheduled-20260107-100000-000.db"], farm.Names);
    }

    [SqliteFact]
    public async Task With_little_free_space_a_backup_is_skipped_and_that_is_said()
    {
        _farm.Writer.FreeBytes = () => 1000;
        await _farm.PassAsync(TimeSpan.FromDays(1));
        Assert.Empty(_farm.Names);
        Assert.Equal("the last scheduled backup was skipped, because there is too little free disk space", _farm.Schedule.Problem);
        Assert.Contains("has 1000 bytes free", Assert.Single(_farm.Log.Lines));

        _farm.Writer.FreeBytes = () => long.MaxValue;
        await _farm.PassAsync(59 * Minute);
        Assert.Empty(_farm.Names);
        await _farm.PassAsync(Minute);
        Assert.Single(_farm.Names);
        Assert.Null(_farm.Schedule.Problem);
    }

    [SqliteFact]
    public async Task A_backup_that_failed_is_said_and_tried_again_after_an_hour()
    {
        await File.WriteAllTextAsync(_farm.Folder, "in the way");
        await _farm.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal("the last scheduled backup failed; see the server log", _farm.Schedule.Problem);
        Assert.StartsWith("Error: The scheduled backup failed; retrying in 1 h", Assert.Single(_farm.Log.Lines));

        File.Delete(_farm.Folder);
        await _farm.PassAsync(59 * Minute);
        Assert.Empty(_farm.Names);
        await _farm.PassAsync(Minute);
        Assert.Single(_farm.Names);
        Assert.Null(_farm.Schedule.Problem);
    }

    [SqliteFact]
    public async Task A_backup_that_takes_long_delays_no_other_duty_and_no_second_begins()
    {
        using var go = new ManualResetEventSlim();
        _farm.Writer.FreeBytes = () =>
        {
            go.Wait();
            return long.MaxValue;
        };
        _farm.Time.Advance(TimeSpan.FromDays(1));
        await _farm.Schedule.RunAsync();
        var first = _farm.Schedule.Current;
        _farm.Time.Advance(TimeSpan.FromDays(1));
        await _farm.Schedule.RunAsync();
        Assert.Same(first, _farm.Schedule.Current);
        Assert.False(first.IsCompleted);
        go.Set();
        await first;
        Assert.Single(_farm.Names);
    }

    [Theory]
    [InlineData("2026-03-29 04:00", "2026-03-29 02:30", "2026-03-29T01:30Z")] // 02:30 does not exist on that day in Berlin.
    [InlineData("2026-03-29 01:00", "2026-03-29 02:30", "2026-03-28T01:30Z")]
    [InlineData("2026-07-01 12:00", "2026-07-01 02:30", "2026-07-01T00:30Z")]
    [InlineData("2026-07-01 02:29", "2026-07-01 02:30", "2026-06-30T00:30Z")]
    public void Times_are_those_of_the_servers_clock(string now, string at, string last)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var local = DateTime.Parse(now);
        var moment = new DateTimeOffset(local, zone.GetUtcOffset(local));
        Assert.Equal(DateTimeOffset.Parse(last), BackupSchedule.LastTime([TimeOnly.FromDateTime(DateTime.Parse(at))], moment, zone));
    }

    [Fact]
    public void Of_several_times_the_last_one_counts() => Assert.Equal(
        DateTimeOffset.Parse("2026-07-01T13:00Z"),
        BackupSchedule.LastTime([new TimeOnly(21, 0), new TimeOnly(13, 0), new TimeOnly(3, 0)], DateTimeOffset.Parse("2026-07-01T20:59Z"), TimeZoneInfo.Utc));
}
