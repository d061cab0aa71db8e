using Dapper;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Workers;

/// <summary>A worker to insert.</summary>
/// <param name="Uuid">The id that clients of most contracts see.</param>
/// <param name="Name">The display name.</param>
/// <param name="SecretHash">The hash of its secret.</param>
/// <param name="Platform">Its operating system; empty if its protocol does not report it.</param>
/// <param name="Address">Its network address.</param>
/// <param name="TaskTypes">The task types that it supports.</param>
/// <param name="Contract">The name of its protocol in the settings.</param>
/// <param name="IsApproved">Whether it may get tasks.</param>
internal sealed record NewWorker(
    Guid Uuid, string Name, string SecretHash, string Platform, string Address, IReadOnlyCollection<string> TaskTypes, string Contract, bool IsApproved);

/// <summary>Reads and writes workers. Removed workers are kept for history, but only <see cref="UuidOf"/> finds them.</summary>
internal static class WorkerTable
{
    /// <summary>A stored time that is later than now by more milliseconds than this is of a clock that was set back since. The clocks of managers differ less.</summary>
    public const long MaxSkew = 300_000;

    /// <summary>The columns of a worker in the order of <see cref="Read"/>, with the names of <see cref="StoredWorker"/>.</summary>
    public const string Columns =
        """
        id, uuid, name, platform, address, software, status, requested_status, request_is_lazy, can_restart, timed_out_from, last_seen_at, contract, is_approved
        """;

    private const int ColumnCount = 14;

    // A control character (unit separator), which occurs in no name.
    private const char Separator = '\u001F';

    private static readonly IdQuery ForWorkQuery = new(
        $"""
        SELECT {Columns},
          (SELECT count(*) FROM tasks t WHERE t.worker_id = workers.id AND t.status = 3),
          (SELECT group_concat(CAST(tag_id AS TEXT), ',') FROM worker_tags WHERE worker_id = workers.id),
          (SELECT group_concat(task_type, '{Separator}') FROM worker_task_types WHERE worker_id = workers.id)
        FROM workers WHERE id IN ids($1) AND deleted_at IS NULL
        """);

    /// <summary>The worker with this id, or null.</summary>
    public static FarmWorker? ById(StoreSession db, long id) =>
        db.First($"SELECT {Columns} FROM workers WHERE id = $1 AND deleted_at IS NULL", Read, id);

    /// <summary>What decides which tasks workers get; without those that do not exist.</summary>
    public static List<WorkerForWork> ForWork(StoreSession db, IdSet ids) => db.All(
        ForWorkQuery.For(ids),
        static row => new WorkerForWork(
            Read(row), row.GetInt64(ColumnCount) > 0, IdList.Joined(row.TextOrNull(ColumnCount + 1)), Parts(row.TextOrNull(ColumnCount + 2))),
        ids.Value);

    /// <summary>The worker with this UUID, or null.</summary>
    public static FarmWorker? ByUuid(StoreSession db, Guid uuid) =>
        db.First($"SELECT {Columns} FROM workers WHERE uuid = $1 AND deleted_at IS NULL", Read, uuid);

    /// <summary>The workers with this name, in order of registration.</summary>
    public static List<FarmWorker> ByName(StoreSession db, string name) => Many(
        db, $"SELECT {Columns} FROM workers WHERE name = @name AND deleted_at IS NULL ORDER BY id", new { name });

    /// <summary>The UUID of a worker, even if it was removed.</summary>
    public static Guid UuidOf(StoreSession db, long id) => db.Connection.QueryFirstOrDefault<Guid>("SELECT uuid FROM workers WHERE id = @id", new { id });

    /// <summary>All workers, in order of registration.</summary>
    public static List<FarmWorker> All(StoreSession db) => Many(db, $"SELECT {Columns} FROM workers WHERE deleted_at IS NULL ORDER BY id", null);

    /// <summary>The id and the hash of the secret of a worker, or null.</summary>
    public static (long Id, string Hash)? Secret(StoreSession db, Guid uuid) => db.First(
        "SELECT id, secret_hash FROM workers WHERE uuid = $1 AND deleted_at IS NULL",
        static row => ((long, string)?)(row.GetInt64(0), row.GetString(1)), uuid);

    /// <summary>The hash of the secret of a worker, or null.</summary>
    public static string? SecretHash(StoreSession db, long id) => db.First(
        "SELECT secret_hash FROM workers WHERE id = $1 AND deleted_at IS NULL", static row => row.GetString(0), id);

    /// <summary>Workers of a protocol that can time out and were not seen since a given time.</summary>
    /// <param name="db">The session.</param>
    /// <param name="contract">The protocol.</param>
    /// <param name="time">The time.</param>
    /// <param name="now">The time of day. Who was seen later was seen before the clock was set back.</param>
    public static List<FarmWorker> SilentSince(StoreSession db, string contract, long time, long now) => Many(
        db,
        $"""
        SELECT {Columns} FROM workers
        WHERE contract = @contract AND (last_seen_at < @time OR last_seen_at > @later) AND deleted_at IS NULL AND status NOT IN (0, 4)
        """,
        new { contract, time, later = now + MaxSkew });

    /// <summary>Inserts a worker with status offline.</summary>
    public static long Insert(StoreSession db, NewWorker worker, long now)
    {
        var id = db.Connection.ExecuteScalar<long>(
            """
            INSERT INTO workers (uuid, name, secret_hash, platform, address, contract, is_approved, status, created_at, updated_at)
            VALUES (@Uuid, @Name, @SecretHash, @Platform, @Address, @Contract, @IsApproved, 0, @now, @now) RETURNING id
            """,
            new { worker.Uuid, worker.Name, worker.SecretHash, worker.Platform, worker.Address, worker.Contract, worker.IsApproved, now });
        SetTaskTypes(db, id, worker.TaskTypes);
        return id;
    }

    /// <summary>How many workers wait to be approved.</summary>
    public static int CountUnapproved(StoreSession db) =>
        db.Connection.ExecuteScalar<int>("SELECT count(*) FROM workers WHERE is_approved = 0 AND deleted_at IS NULL");

    /// <summary>Lets a worker get tasks.</summary>
    public static void Approve(StoreSession db, long id, long now) =>
        db.Connection.Execute("UPDATE workers SET is_approved = 1, updated_at = @now WHERE id = @id", new { id, now });

    /// <summary>Sets what a worker reports about itself at sign-on.</summary>
    public static void SetMetadata(StoreSession db, long id, string name, string software, string address, bool canRestart, long now) =>
        db.Connection.Execute(
            """
            UPDATE workers SET name = @name, software = @software, address = @address, can_restart = @canRestart, updated_at = @now WHERE id = @id
            """,
            new { id, name, software, address, canRestart, now });

    /// <summary>The status of a worker; null if it was removed.</summary>
    public static WorkerStatus? Status(StoreSession db, long id) => db.First(
        "SELECT status FROM workers WHERE id = $1 AND deleted_at IS NULL", static row => (WorkerStatus?)row.GetInt32(0), id);

    /// <summary>Sets the name of a worker.</summary>
    public static void SetName(StoreSession db, long id, string name, long now) =>
        db.Connection.Execute("UPDATE workers SET name = @name, updated_at = @now WHERE id = @id", new { id, name, now });

    /// <summary>Sets the status of a worker, its pending request, and its status before a timeout.</summary>
    public static void SetStatus(StoreSession db, long id, WorkerStatus status, StatusRequest? request, WorkerStatus? timedOutFrom, long now) =>
        db.Connection.Execute(
            """
            UPDATE workers SET status = @status, requested_status = @requested, request_is_lazy = @lazy, timed_out_from = @timedOutFrom,
              updated_at = @now
            WHERE id = @id
            """,
            new { id, status, requested = request?.Status, lazy = request?.Lazy ?? false, timedOutFrom, now });

    /// <summary>Sets when a worker was last seen, unless a later time is stored.</summary>
    public static void SetSeen(StoreSession db, long id, long at) =>
        db.Execute("UPDATE workers SET last_seen_at = $2 WHERE id = $1 AND (last_seen_at IS NULL OR last_seen_at < $2 OR last_seen_at > $3)", id, at, at + MaxSkew);

    /// <summary>Sets when workers were last seen, unless a later time is stored that the clocks of other managers may show.</summary>
    public static void SetSeen(StoreSession db, IEnumerable<long> ids, long at) => db.Execute(
        "UPDATE workers SET last_seen_at = $2 WHERE id IN (SELECT value FROM json_each($1)) AND (last_seen_at IS NULL OR last_seen_at < $2 OR last_seen_at > $3)",
        IdList.Json(ids), at, at + MaxSkew);

    /// <summary>Marks a worker as removed, keeping it for history.</summary>
    public static void Remove(StoreSession db, long id, long now) => db.Connection.Execute(
        "UPDATE workers SET deleted_at = @now, updated_at = @now, status = 0, requested_status = NULL WHERE id = @id", new { id, now });

    /// <summary>Replaces the task types that a worker supports.</summary>
    public static void SetTaskTypes(StoreSession db, long id, IEnumerable<string> types)
    {
        db.Connection.Execute("DELETE FROM worker_task_types WHERE worker_id = @id", new { id });
        foreach (var type in types.Distinct())
            db.Connection.Execute("INSERT INTO worker_task_types (worker_id, task_type) VALUES (@id, @type)", new { id, type });
    }

    private static string[] Parts(string? joined) => joined?.Split(Separator) ?? [];

    private static List<FarmWorker> Many(StoreSession db, string sql, object? parameters) =>
        [.. db.Connection.Query<StoredWorker>(sql, parameters).Select(row => row.ToWorker())];

    /// <summary>Reads a row with the columns of this class.</summary>
    public static FarmWorker Read(StoreRow row) => new()
    {
        Id = row.GetInt64(0),
        Uuid = row.Uuid(1),
        Name = row.GetString(2),
        Platform = row.GetString(3),
        Address = row.GetString(4),
        Software = row.GetString(5),
        Status = (WorkerStatus)row.GetInt32(6),
        Request = row.IsDBNull(7) ? null : new StatusRequest((WorkerStatus)row.GetInt32(7), row.Flag(8)),
        CanRestart = row.Flag(9),
        TimedOutFrom = (WorkerStatus?)row.NumberOrNull(10),
        LastSeenAt = row.NumberOrNull(11),
        Contract = row.GetString(12),
        IsApproved = row.Flag(13),
    };
}
