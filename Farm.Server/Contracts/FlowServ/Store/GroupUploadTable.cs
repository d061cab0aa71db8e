using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>A file that a member of a group uploaded for its runs.</summary>
internal sealed record GroupUpload(Guid Uuid, string Name, long Size, string Sha256, long CreatedAt);

/// <summary>Uploads of groups in the store.</summary>
internal static class GroupUploadTable
{
    private const string Columns = "uuid, name, size, sha256, created_at";

    /// <summary>The uploads of a group, oldest first.</summary>
    public static List<GroupUpload> OfGroup(SqliteSession db, long groupId) =>
        db.All($"SELECT {Columns} FROM group_uploads WHERE group_id = $1 ORDER BY id", Read, groupId);

    /// <summary>An upload of a group, or null.</summary>
    public static GroupUpload? Find(SqliteSession db, long groupId, Guid uuid) =>
        db.First($"SELECT {Columns} FROM group_uploads WHERE uuid = $1 AND group_id = $2", Read, uuid, groupId);

    /// <summary>Writes an upload.</summary>
    public static void Insert(SqliteSession db, long groupId, GroupUpload upload) => db.Execute(
        "INSERT INTO group_uploads (uuid, group_id, name, size, sha256, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        upload.Uuid, groupId, upload.Name, upload.Size, upload.Sha256, upload.CreatedAt);

    /// <summary>Removes an upload of a group; false when there is none.</summary>
    public static bool Remove(SqliteSession db, long groupId, Guid uuid) =>
        db.Execute("DELETE FROM group_uploads WHERE uuid = $1 AND group_id = $2", uuid, groupId) > 0;

    private static GroupUpload Read(SqliteRow row) => new(row.Uuid(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4));
}
