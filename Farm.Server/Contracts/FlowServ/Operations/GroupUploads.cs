using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Operations;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>The files that members of a group upload for its runs (Contracts/FlowServ/Contract.md section 4.4).</summary>
internal sealed class GroupUploads(FarmStore store, ContentStore content, TimeProvider time)
{
    private const int LongestName = 512;

    /// <summary>The uploads of a group, oldest first.</summary>
    public List<GroupUpload> Of(long groupId) => store.Read(db => GroupUploadTable.OfGroup(db, groupId));

    /// <summary>An upload of a group.</summary>
    /// <exception cref="FarmException">There is none with this id.</exception>
    public GroupUpload Find(long groupId, string id) =>
        Guid.TryParseExact(id, "N", out var uuid) && store.Read(db => GroupUploadTable.Find(db, groupId, uuid)) is { } upload ? upload : throw Unknown(id);

    /// <summary>Keeps a file for a group. Of its name only what follows the last slash or backslash is kept.</summary>
    /// <exception cref="FarmException">The name is empty, the file is too large, or the group was removed meanwhile.</exception>
    /// <exception cref="StorageFullException">There is no room.</exception>
    public Task<GroupUpload> AddAsync(WorkflowGroup group, string name, Stream file, long limit, CancellationToken cancellationToken)
    {
        var baseName = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        if (baseName.Length is 0 or > LongestName || baseName is "." or ".." || baseName.Any(char.IsControl)) throw FarmException.Invalid("empty or invalid file name");
        var uuid = Guid.CreateVersion7(time.GetUtcNow());
        return content.PutAsync(
            file, limit,
            (tx, stored) =>
            {
                if (WorkflowGroupTable.ById(tx.Db, group.Id) is null) throw FarmException.NotFound($"unknown group '{group.Key}'");
                var upload = new GroupUpload(uuid, baseName, stored.Size, stored.Sha256, tx.Now);
                GroupUploadTable.Insert(tx.Db, group.Id, upload);
                return upload;
            },
            cancellationToken);
    }

    /// <summary>Removes an upload; runs that were started with it keep it.</summary>
    /// <exception cref="FarmException">There is none with this id.</exception>
    public Task RemoveAsync(long groupId, string id) => store.WriteAsync(tx =>
    {
        if (!Guid.TryParseExact(id, "N", out var uuid) || !GroupUploadTable.Remove(tx.Db, groupId, uuid)) throw Unknown(id);
    });

    private static FarmException Unknown(string id) => FarmException.NotFound($"unknown file '{id}'");
}
