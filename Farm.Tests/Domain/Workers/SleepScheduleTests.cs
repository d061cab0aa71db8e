using System.Globalization;
using Farm.Server.Domain.Workers;

namespace Farm.Tests.Domain.Workers;

/// <summary>Contracts/Flamenco/Contract.md section 4.7.</summary>
public sealed class SleepScheduleTests
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    // 2026-01-05 is a Monday.
    [Theory]
    [InlineData("mo tu", "09:00", "18:00", "2026-01-05T08:59:59Z", false)]
    [InlineData("mo tu", "09:00", "18:00", "2026-01-05T09:00:00Z", true)]
    [InlineData("mo tu", "09:00", "18:00", "2026-01-05T17:59:59Z", true)]
    [InlineData("mo tu", "09:00", "18:00", "2026-01-05T18:00:00Z", false)]
    [InlineData("tu", "09:00", "18:00", "2026-01-05T12:00:00Z", false)]
    [InlineData("", "09:00", "18:00", "2026-01-05T12:00:00Z", true)]
    [InlineData("mo", "", "", "2026-01-05T00:00:00Z", true)]
    [InlineData("mo", "", "", "2026-01-05T23:59:59Z", true)]
    [InlineData("mo", "", "", "2026-01-06T00:00:00Z", false)]
    [InlineData("mo", "", "09:00", "2026-01-05T08:59:00Z", true)]
    [InlineData("mo", "18:00", "", "2026-01-05T23:59:00Z", true)]
    [InlineData("mo", "18:00", "", "2026-01-06T00:00:00Z", false)]
    [InlineData("mo", "18:00", "00:00", "2026-01-05T23:59:00Z", true)]
    [InlineData("mo", "10:00", "10:00", "2026-01-05T10:00:00Z", false)]
    public void A_worker_sleeps_from_start_to_end_on_the_given_days(string days, string start, string end, string time, bool sleeps) =>
        Assert.Equal(sleeps, Schedule(days, start, end).SleepsAt(At(time), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("2026-01-05T17:59:00Z", false)]
    [InlineData("2026-01-05T18:00:00Z", true)]
    [InlineData("2026-01-06T00:00:00Z", true)]
    [InlineData("2026-01-06T08:59:00Z", true)]
    [InlineData("2026-01-06T09:00:00Z", false)]
    [InlineData("2026-01-06T18:00:00Z", false)]
    [InlineData("2026-01-05T03:00:00Z", false)]
    public void A_night_belongs_to_the_day_it_begins_on(string time, bool sleeps) =>
        Assert.Equal(sleeps, Schedule("mo", "18:00", "09:00").SleepsAt(At(time), TimeZoneInfo.Utc));

    [Fact]
    public void An_inactive_schedule_has_no_effect() =>
        Assert.False((Schedule("", "", "") with { IsActive = false }).SleepsAt(At("2026-01-05T12:00:00Z"), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("2026-07-06T06:59:00Z", false)]
    [InlineData("2026-07-06T07:00:00Z", true)]
    [InlineData("2026-01-05T07:00:00Z", false)]
    [InlineData("2026-01-05T08:00:00Z", true)]
    public void Times_are_in_the_given_time_zone(string time, bool sleeps) =>
        Assert.Equal(sleeps, Schedule("mo", "09:00", "18:00").SleepsAt(At(time), Amsterdam));

    // On 2026-03-29 at 01:00 UTC, the clock in Amsterdam goes from 02:00 to 03:00.
    [Theory]
    [InlineData("2026-03-29T00:59:00Z", false)]
    [InlineData("2026-03-29T01:00:00Z", true)]
    [InlineData("2026-03-29T01:59:00Z", true)]
    [InlineData("2026-03-29T02:00:00Z", false)]
    public void A_time_skipped_by_daylight_saving_means_the_time_of_the_change(string time, bool sleeps) =>
        Assert.Equal(sleeps, Schedule("su", "02:30", "04:00").SleepsAt(At(time), Amsterdam));

    // On 2026-10-25 at 01:00 UTC, the clock in Amsterdam goes back from 03:00 to 02:00.
    [Theory]
    [InlineData("2026-10-25T00:29:00Z", false)]
    [InlineData("2026-10-25T00:30:00Z", true)]
    [InlineData("2026-10-25T01:00:00Z", true)]
    [InlineData("2026-10-25T01:29:00Z", true)]
    [InlineData("2026-10-25T02:59:00Z", true)]
    [InlineData("2026-10-25T03:00:00Z", false)]
    public void A_time_repeated_by_daylight_saving_means_its_first_occurrence(string time, bool sleeps) =>
        Assert.Equal(sleeps, Schedule("su", "02:30", "04:00").SleepsAt(At(time), Amsterdam));

    [Theory]
    [InlineData("2026-03-28T20:59:00Z", true)]
    [InlineData("2026-03-29T06:59:00Z", true)]
    [InlineData("2026-03-29T07:00:00Z", false)]
    public void A_night_with_a_clock_change_ends_at_the_new_local_time(string time, bool sleeps) =>
        Assert.Equal(sleeps, Schedule("sa", "18:00", "09:00").SleepsAt(At(time), Amsterdam));

    [Theory]
    [InlineData("mo tu we th fr sa su", "mo tu we th fr sa su")]
    [InlineData("Sunday, MONDAY", "mo su")]
    [InlineData("fri fri", "fr")]
    [InlineData("  ", "")]
    public void Days_are_normalized_to_two_letters(string given, string kept)
    {
        Assert.True(SleepDayNames.TryParse(given, out var days));
        Assert.Equal(kept, days.Text());
    }

    [Theory]
    [InlineData("mo xx")]
    [InlineData("m")]
    public void An_invalid_day_is_rejected(string text) => Assert.False(SleepDayNames.TryParse(text, out _));

    private static SleepSchedule Schedule(string days, string start, string end)
    {
        Assert.True(SleepDayNames.TryParse(days, out var parsed));
        return new SleepSchedule(true, parsed, Time(start), Time(end));
    }

    private static TimeOnly? Time(string text) => text.Length == 0 ? null : TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
