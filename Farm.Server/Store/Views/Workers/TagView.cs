using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Views.Workers;

/// <summary>The tags of the farm.</summary>
internal static class TagView
{
    /// <summary>All tags, by name.</summary>
    public static List<WorkerTag> All(StoreSession db) =>
        db.Connection.Query<WorkerTag>("SELECT uuid, name, description FROM tags ORDER BY lower(name), id").AsList();

    /// <summary>The tag with this UUID, or null.</summary>
    public static WorkerTag? Find(StoreSession db, Guid uuid) =>
        db.Connection.QueryFirstOrDefault<WorkerTag>("SELECT uuid, name, description FROM tags WHERE uuid = @uuid", new { uuid });
}
