using Dapper;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Workers;

/// <summary>A schedule and its result at the last check.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="Slept">Whether the worker should sleep as of the last check.</param>
internal sealed record StoredSleepSchedule(long WorkerId, SleepSchedule Schedule, bool Slept);

/// <summary>Reads and writes sleep schedules.</summary>
internal static class SleepScheduleTable
{
    private const string Columns = "s.worker_id, s.is_active, s.days, s.start_minute, s.end_minute, s.slept";

    /// <summary>The schedule of a worker, or null.</summary>
    public static StoredSleepSchedule? Of(StoreSession db, long worker) => db.Connection.QueryFirstOrDefault<Row>(
        $"SELECT {Columns} FROM sleep_schedules s WHERE s.worker_id = @worker", new { worker })?.ToSchedule();

    /// <summary>The schedules of all workers that were not removed.</summary>
    public static List<StoredSleepSchedule> All(StoreSession db) => db.Connection.Query<Row>(
        $"SELECT {Columns} FROM sleep_schedules s JOIN workers w ON w.id = s.worker_id WHERE w.deleted_at IS NULL ORDER BY s.worker_id")
        .Select(row => row.ToSchedule()).ToList();

    /// <summary>Sets the schedule of a worker.</summary>
    public static void Set(StoreSession db, StoredSleepSchedule stored) => db.Connection.Execute(
        """
        INSERT INTO sleep_schedules (worker_id, is_active, days, start_minute, end_minute, slept)
        VALUES (@WorkerId, @IsActive, @Days, @StartMinute, @EndMinute, @Slept)
        ON CONFLICT (worker_id) DO UPDATE SET is_active = @IsActive, days = @Days, start_minute = @StartMinute, end_minute = @EndMinute, slept = @Slept
        """,
        new Row(
            stored.WorkerId, stored.Schedule.IsActive, stored.Schedule.Days, Minute(stored.Schedule.Start), Minute(stored.Schedule.End), stored.Slept));

    /// <summary>Records the result of checking a worker's schedule.</summary>
    public static void SetSlept(StoreSession db, long worker, bool slept) =>
        db.Connection.Execute("UPDATE sleep_schedules SET slept = @slept WHERE worker_id = @worker", new { worker, slept });

    private static int? Minute(TimeOnly? time) => time is { } at ? at.Hour * 60 + at.Minute : null;

    private static TimeOnly? Time(int? minute) => minute is { } at ? new TimeOnly(at / 60, at % 60) : null;

    private sealed record Row(long WorkerId, bool IsActive, SleepDays Days, int? StartMinute, int? EndMinute, bool Slept)
    {
        public StoredSleepSchedule ToSchedule() =>
            new(WorkerId, new SleepSchedule(IsActive, Days, Time(StartMinute), Time(EndMinute)), Slept);
    }
}
