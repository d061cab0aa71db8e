using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Workers;

/// <summary>A schedule and what it said when it was last looked at.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Schedule">When it sleeps.</param>
/// <param name="Slept">Whether it was to sleep when the schedule was last looked at.</param>
internal sealed record StoredSleepSchedule(long WorkerId, SleepSchedule Schedule, bool Slept);

/// <summary>Sleep schedules in the store.</summary>
internal static class SleepScheduleTable
{
    private const string Columns = "s.worker_id, s.is_active, s.days, s.start_minute, s.end_minute, s.slept";

    /// <summary>The schedule of a worker, or null.</summary>
    public static StoredSleepSchedule? Of(SqliteSession db, long workerId) =>
        db.First($"SELECT {Columns} FROM sleep_schedules s WHERE s.worker_id = $1", Read, workerId);

    /// <summary>The schedules of all workers that were not removed.</summary>
    public static List<StoredSleepSchedule> All(SqliteSession db) => db.All(
        $"SELECT {Columns} FROM sleep_schedules s JOIN workers w ON w.id = s.worker_id WHERE w.deleted_at IS NULL ORDER BY s.worker_id", Read);

    /// <summary>Writes the schedule of a worker in place of the one before.</summary>
    public static void Set(SqliteSession db, StoredSleepSchedule stored) => db.Execute(
        """
        INSERT INTO sleep_schedules (worker_id, is_active, days, start_minute, end_minute, slept) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (worker_id) DO UPDATE SET is_active = $2, days = $3, start_minute = $4, end_minute = $5, slept = $6
        """,
        stored.WorkerId, stored.Schedule.IsActive, stored.Schedule.Days, Minute(stored.Schedule.Start), Minute(stored.Schedule.End), stored.Slept);

    /// <summary>Remembers what the schedule of a worker said.</summary>
    public static void SetSlept(SqliteSession db, long workerId, bool slept) =>
        db.Execute("UPDATE sleep_schedules SET slept = $2 WHERE worker_id = $1", workerId, slept);

    private static long? Minute(TimeOnly? time) => time is { } at ? at.Hour * 60 + at.Minute : null;

    private static TimeOnly? Time(long? minute) => minute is { } at ? new TimeOnly((int)at / 60, (int)at % 60) : null;

    private static StoredSleepSchedule Read(SqliteRow row) => new(
        row.GetInt64(0),
        new SleepSchedule(row.Flag(1), (SleepDays)row.GetInt32(2), Time(row.NumberOrNull(3)), Time(row.NumberOrNull(4))),
        row.Flag(5));
}
