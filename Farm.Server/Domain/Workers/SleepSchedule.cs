namespace Farm.Server.Domain.Workers;

/// <summary>When a worker sleeps (Contracts/Flamenco/Contract.md section 4.7).</summary>
/// <param name="IsActive">If false, the worker does not sleep.</param>
/// <param name="Days">The days on which it goes to sleep.</param>
/// <param name="Start">When it goes to sleep; null for the start of the day.</param>
/// <param name="End">
/// When it wakes; null for the end of the day. A time before the start is on the next day: a night belongs to the day on which it starts.
/// If it equals the start, the worker does not sleep.
/// </param>
internal sealed record SleepSchedule(bool IsActive, SleepDays Days, TimeOnly? Start, TimeOnly? End)
{
    /// <summary>Whether a worker sleeps at a given time.</summary>
    /// <param name="time">The time to check.</param>
    /// <param name="zone">
    /// The time zone of the schedule. A time that a clock change skips becomes the time of the change; of a time that occurs twice, the
    /// first counts.
    /// </param>
    public bool SleepsAt(DateTimeOffset time, TimeZoneInfo zone)
    {
        if (!IsActive) return false;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime);
        // Last night may not be over; and if the clock goes back across midnight, tomorrow may already have started.
        for (var day = today.AddDays(-1); day <= today.AddDays(1); day = day.AddDays(1))
        {
            if (Days.Includes(day.DayOfWeek) && Begin(day, zone) <= time && time < Finish(day, zone)) return true;
        }

        return false;
    }

    private DateTimeOffset Begin(DateOnly day, TimeZoneInfo zone) => FirstOccurrence(day, Start ?? TimeOnly.MinValue, zone);

    private DateTimeOffset Finish(DateOnly day, TimeZoneInfo zone) => End switch
    {
        null => FirstOccurrence(day.AddDays(1), TimeOnly.MinValue, zone),
        { } end when end < (Start ?? TimeOnly.MinValue) => FirstOccurrence(day.AddDays(1), end, zone),
        { } end => FirstOccurrence(day, end, zone),
    };

    private static DateTimeOffset FirstOccurrence(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }
}
