using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Workers;

/// <summary>Reads and writes tags. A job that requires a tag runs only on workers with that tag.</summary>
internal static class TagTable
{
    /// <summary>The tag with this UUID; null if there is none.</summary>
    public static long? ByUuid(StoreSession db, Guid uuid) =>
        db.Connection.QueryFirstOrDefault<long?>("SELECT id FROM tags WHERE uuid = @uuid", new { uuid });

    /// <summary>The tag with this name; null if there is none.</summary>
    public static long? ByName(StoreSession db, string name) =>
        db.Connection.QueryFirstOrDefault<long?>("SELECT id FROM tags WHERE name = @name", new { name });

    /// <summary>The name of a tag; null if there is none.</summary>
    public static string? Name(StoreSession db, long id) =>
        db.Connection.QueryFirstOrDefault<string?>("SELECT name FROM tags WHERE id = @id", new { id });

    /// <summary>The names of the tags of a worker, by name.</summary>
    public static List<string> NamesOfWorker(StoreSession db, long worker) => db.Connection.Query<string>(
        "SELECT g.name FROM worker_tags w JOIN tags g ON g.id = w.tag_id WHERE w.worker_id = @worker ORDER BY g.name", new { worker }).AsList();

    /// <summary>Inserts a tag.</summary>
    public static void Insert(StoreSession db, Guid uuid, string name, string description) => db.Connection.Execute(
        "INSERT INTO tags (uuid, name, description) VALUES (@uuid, @name, @description)", new { uuid, name, description });

    /// <summary>Updates a tag; null keeps the description.</summary>
    public static void Update(StoreSession db, long id, string name, string? description) => db.Connection.Execute(
        "UPDATE tags SET name = @name, description = coalesce(@description, description) WHERE id = @id", new { id, name, description });

    /// <summary>The jobs that require a tag.</summary>
    public static List<Guid> Jobs(StoreSession db, long id) =>
        db.Connection.Query<Guid>("SELECT uuid FROM jobs WHERE worker_tag_id = @id", new { id }).AsList();

    /// <summary>The workers that have a tag.</summary>
    public static List<Guid> Workers(StoreSession db, long id) => db.Connection.Query<Guid>(
        "SELECT w.uuid FROM worker_tags g JOIN workers w ON w.id = g.worker_id WHERE g.tag_id = @id", new { id }).AsList();

    /// <summary>The tag with this name, ignoring case but preferring an exact match; null if there is none.</summary>
    public static long? ByNameIgnoringCase(StoreSession db, string name) => db.Connection.QueryFirstOrDefault<long?>(
        "SELECT id FROM tags WHERE lower(name) = lower(@name) ORDER BY name = @name DESC, id LIMIT 1", new { name });

    /// <summary>Removes a tag; jobs and stages that required it can then run on any worker.</summary>
    public static void Remove(StoreSession db, long id)
    {
        db.Connection.Execute("UPDATE stages SET worker_tag_id = 0, has_own_tag = 0 WHERE worker_tag_id = @id", new { id });
        db.Connection.Execute("UPDATE jobs SET worker_tag_id = NULL WHERE worker_tag_id = @id", new { id });
        db.Connection.Execute("DELETE FROM worker_tags WHERE tag_id = @id", new { id });
        db.Connection.Execute("DELETE FROM tags WHERE id = @id", new { id });
    }

    /// <summary>Replaces the tags of a worker; ignores unknown UUIDs.</summary>
    public static void SetOfWorker(StoreSession db, long worker, IEnumerable<Guid> tags)
    {
        db.Connection.Execute("DELETE FROM worker_tags WHERE worker_id = @worker", new { worker });
        foreach (var tag in tags.Distinct())
        {
            db.Connection.Execute(
                "INSERT INTO worker_tags (worker_id, tag_id) SELECT @worker, id FROM tags WHERE uuid = @tag", new { worker, tag });
        }
    }
}
