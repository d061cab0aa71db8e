using System.Text.Json;
using Dapper;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.Aspire.Store;

/// <summary>The data of a seed besides its job.</summary>
/// <param name="JobId">Its job.</param>
/// <param name="Id">Its <see cref="Domain.TimestampId"/>.</param>
/// <param name="EntryType"><c>process</c> or <c>scan</c>.</param>
/// <param name="Connector">The connector of its entries; empty when it has none.</param>
/// <param name="BatchSize">The most entries in a batch.</param>
internal sealed record SeedRow(long JobId, long Id, string EntryType, string Connector, int BatchSize);

/// <summary>A seed with ready entries.</summary>
/// <param name="StageId">The stage of its tasks.</param>
/// <param name="JobId">Its job.</param>
/// <param name="JobPriority">Higher goes first.</param>
/// <param name="Turn">The id of its last batch; among seeds of the same priority, the lowest goes first.</param>
internal readonly record struct NextSeed(long StageId, long JobId, int JobPriority, long Turn);

/// <summary>Seeds in the store. Routes and turns are indexed, so that a fetch costs the same for any number of seeds.</summary>
internal static class SeedTable
{
    private const string Ready = "hands_out = 1 AND unmet = 0 AND ready > 0 ORDER BY job_priority DESC, turn, id LIMIT 1";

    /// <summary>Inserts the seed of a new job.</summary>
    /// <param name="db">The writer's session.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stageId">The stage of its tasks.</param>
    /// <param name="tags">Its routing tags, sorted.</param>
    public static void Insert(StoreSession db, SeedRow seed, long stageId, IReadOnlyList<string> tags)
    {
        db.Connection.Execute(
            "INSERT INTO seeds (job_id, seed_id, entry_type, connector, batch_size) VALUES (@JobId, @Id, @EntryType, @Connector, @BatchSize)", seed);
        db.Connection.Execute(
            "UPDATE stages SET route_id = @route, connector = @Connector WHERE id = @stageId",
            new { stageId, route = RouteFor(db, tags), seed.Connector });
    }

    /// <summary>The seed with this id and its job; null when it does not exist or is being deleted.</summary>
    public static (SeedRow Seed, Job Job)? Find(StoreSession db, long id) =>
        db.First("SELECT job_id, seed_id, entry_type, connector, batch_size FROM seeds WHERE seed_id = $1", Read, id) is { } seed
        && JobTable.ById(db, seed.JobId) is { } job && job.BulkUpdate != BulkUpdate.Delete
            ? (seed, job)
            : null;

    /// <summary>The seed of a job.</summary>
    public static SeedRow OfJob(StoreSession db, long jobId) =>
        db.First("SELECT job_id, seed_id, entry_type, connector, batch_size FROM seeds WHERE job_id = $1", Read, jobId)!;

    /// <summary>Deletes the seed of a job.</summary>
    public static void Remove(StoreSession db, long jobId) => db.Execute("DELETE FROM seeds WHERE job_id = $1", jobId);

    /// <summary>Whether any seed has this connector.</summary>
    public static bool HasConnector(StoreSession db, string connector) =>
        db.Number("SELECT EXISTS (SELECT 1 FROM seeds WHERE connector = $1)", connector) > 0;

    /// <summary>The routes for a worker with these tags: those with any of the tags; without tags, the route without tags.</summary>
    public static List<long> RoutesFor(StoreSession db, IReadOnlyCollection<string> tags)
    {
        if (tags.Count == 0) return db.All("SELECT id FROM routes WHERE tags = '[]'", static row => row.GetInt64(0));
        var routes = new HashSet<long>();
        foreach (var tag in tags) routes.UnionWith(db.All("SELECT route_id FROM route_tags WHERE tag = $1", static row => row.GetInt64(0), tag));
        return [.. routes];
    }

    /// <summary>The next seed to hand out of a route and type, and of a connector if given; null when none has ready entries.</summary>
    public static NextSeed? Next(StoreSession db, long routeId, string taskType, string? connector) => connector is null
        ? db.First(
            $"SELECT id, job_id, job_priority, turn FROM stages INDEXED BY stages_in_turn WHERE route_id = $1 AND task_type = $2 AND {Ready}",
            ReadTurn, routeId, taskType)
        : db.First(
            $"SELECT id, job_id, job_priority, turn FROM stages INDEXED BY stages_in_turn_of_connector WHERE route_id = $1 AND task_type = $2 AND connector = $3 AND {Ready}",
            ReadTurn, routeId, taskType, connector);

    /// <summary>Moves a seed behind the others of its priority.</summary>
    public static void SetTurn(StoreSession db, long stageId, long batchId) =>
        db.Execute("UPDATE stages SET turn = $2 WHERE id = $1", stageId, batchId);

    private static long RouteFor(StoreSession db, IReadOnlyList<string> tags)
    {
        var text = JsonSerializer.Serialize(tags);
        if (db.Connection.ExecuteScalar<long?>("SELECT id FROM routes WHERE tags = @text", new { text }) is { } known) return known;
        var id = db.Connection.ExecuteScalar<long>("INSERT INTO routes (tags) VALUES (@text) RETURNING id", new { text });
        foreach (var tag in tags) db.Connection.Execute("INSERT INTO route_tags (tag, route_id) VALUES (@tag, @id)", new { tag, id });
        return id;
    }

    private static SeedRow Read(StoreRow row) => new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetInt32(4));

    private static NextSeed? ReadTurn(StoreRow row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt64(3));
}
