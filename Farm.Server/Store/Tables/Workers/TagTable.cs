using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Workers;

/// <summary>Tags in the store: jobs that ask for one are done by workers that bear it.</summary>
internal static class TagTable
{
    /// <summary>The tag with this UUID; null when there is none.</summary>
    public static long? ByUuid(SqliteSession db, Guid uuid) =>
        db.First("SELECT id FROM tags WHERE uuid = $1", static row => (long?)row.GetInt64(0), uuid);

    /// <summary>The tag with this name; null when there is none.</summary>
    public static long? ByName(SqliteSession db, string name) =>
        db.First("SELECT id FROM tags WHERE name = $1", static row => (long?)row.GetInt64(0), name);

    /// <summary>Writes a new tag.</summary>
    public static void Insert(SqliteSession db, Guid uuid, string name, string description) =>
        db.Execute("INSERT INTO tags (uuid, name, description) VALUES ($1, $2, $3)", uuid, name, description);

    /// <summary>Changes a tag; a description that is null stays.</summary>
    public static void Update(SqliteSession db, long id, string name, string? description) =>
        db.Execute("UPDATE tags SET name = $2, description = coalesce($3, description) WHERE id = $1", id, name, description);

    /// <summary>The jobs that ask for a tag.</summary>
    public static List<Guid> Jobs(SqliteSession db, long id) =>
        db.All("SELECT uuid FROM jobs WHERE worker_tag_id = $1", static row => row.Uuid(0), id);

    /// <summary>The workers that bear a tag.</summary>
    public static List<Guid> Workers(SqliteSession db, long id) => db.All(
        "SELECT w.uuid FROM worker_tags g JOIN workers w ON w.id = g.worker_id WHERE g.tag_id = $1", static row => row.Uuid(0), id);

    /// <summary>The tag with this name, whatever its capitals; null when there is none.</summary>
    public static long? ByNameIgnoringCase(SqliteSession db, string name) => db.First(
        "SELECT id FROM tags WHERE name = $1 COLLATE NOCASE ORDER BY name = $1 DESC, id LIMIT 1", static row => (long?)row.GetInt64(0), name);

    /// <summary>Removes a tag; jobs and stages that asked for it are from then on for any worker.</summary>
    public static void Remove(SqliteSession db, long id)
    {
        db.Execute("UPDATE stages SET worker_tag_id = 0, has_own_tag = 0 WHERE worker_tag_id = $1", id);
        db.Execute("UPDATE jobs SET worker_tag_id = NULL WHERE worker_tag_id = $1", id);
        db.Execute("DELETE FROM worker_tags WHERE tag_id = $1", id);
        db.Execute("DELETE FROM tags WHERE id = $1", id);
    }

    /// <summary>Replaces the tags of a worker; UUIDs that are no tag's are passed over.</summary>
    public static void SetOfWorker(SqliteSession db, long workerId, IEnumerable<Guid> tags)
    {
        db.Execute("DELETE FROM worker_tags WHERE worker_id = $1", workerId);
        foreach (var tag in tags.Distinct())
            db.Execute("INSERT INTO worker_tags (worker_id, tag_id) SELECT $1, id FROM tags WHERE uuid = $2", workerId, tag);
    }
}
