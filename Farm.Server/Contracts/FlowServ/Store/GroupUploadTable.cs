using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>An uploaded file of a group.</summary>
internal sealed record GroupUpload(Guid Uuid, string Name, long Size, string Sha256, long CreatedAt);

/// <summary>Uploads in the store.</summary>
internal static class GroupUploadTable
{
    private const string Columns = "uuid, name, size, sha256, created_at";

    /// <summary>The uploads of a group, oldest first.</summary>
    public static List<GroupUpload> OfGroup(StoreSession db, long group) => db.Connection.Query<GroupUpload>(
        $"SELECT {Columns} FROM group_uploads WHERE group_id = @group ORDER BY id", new { group }).AsList();

    /// <summary>An upload of a group, or null.</summary>
    public static GroupUpload? Find(StoreSession db, long group, Guid uuid) => db.Connection.QueryFirstOrDefault<GroupUpload>(
        $"SELECT {Columns} FROM group_uploads WHERE uuid = @uuid AND group_id = @group", new { uuid, group });

    /// <summary>Inserts an upload.</summary>
    public static void Insert(StoreSession db, long group, GroupUpload upload) => db.Connection.Execute(
        """
        INSERT INTO group_uploads (uuid, group_id, name, size, sha256, created_at) VALUES (@Uuid, @group, @Name, @Size, @Sha256, @CreatedAt)
        """,
        new { upload.Uuid, group, upload.Name, upload.Size, upload.Sha256, upload.CreatedAt });

    /// <summary>Deletes an upload of a group; false when it does not exist.</summary>
    public static bool Remove(StoreSession db, long group, Guid uuid) =>
        db.Connection.Execute("DELETE FROM group_uploads WHERE uuid = @uuid AND group_id = @group", new { uuid, group }) > 0;
}
