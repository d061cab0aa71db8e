using Farm.Server.Domain;
using Farm.Server.Operations.Files;
using Farm.Server.Store;

namespace Farm.Server.Operations.Runs;

/// <summary>The files that members of a group upload for its runs (contracts/flowserv.md section 4.4).</summary>
internal sealed class GroupUploads(FarmStore store, ContentStore content, TimeProvider time)
{
    private const int LongestName = 512;

    /// <summary>The uploads of a group, oldest first.</summary>
    public List<GroupUpload> Of(long groupId) => store.Read(db => GroupUploadRows.OfGroup(db, groupId));

    /// <summary>An upload of a group.</summary>
    /// <exception cref="FarmError">There is none with this id.</exception>
    public GroupUpload Find(long groupId, string id) =>
        Guid.TryParseExact(id, "N", out var uuid) && store.Read(db => GroupUploadRows.Find(db, groupId, uuid)) is { } upload ? upload : throw Unknown(id);

    /// <summary>Keeps a file for a group. Of its name only what follows the last slash or backslash is kept.</summary>
    /// <exception cref="FarmError">The name is empty, the file is too large, or the group was removed meanwhile.</exception>
    /// <exception cref="StorageFullException">There is no room.</exception>
    public Task<GroupUpload> Add(WorkflowGroup group, string name, Stream file, long limit, CancellationToken cancel)
    {
        var baseName = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        if (baseName.Length is 0 or > LongestName || baseName is "." or ".." || baseName.Any(char.IsControl)) throw FarmError.Invalid("empty or invalid file name");
        var uuid = Guid.CreateVersion7(time.GetUtcNow());
        return content.Put(
            file, limit,
            (tx, stored) =>
            {
                if (WorkflowGroupRows.ById(tx.Db, group.Id) is null) throw FarmError.NotFound($"unknown group '{group.Key}'");
                var upload = new GroupUpload(uuid, baseName, stored.Size, stored.Sha256, tx.Now);
                GroupUploadRows.Insert(tx.Db, group.Id, upload);
                return upload;
            },
            cancel);
    }

    /// <summary>Removes an upload; runs that were started with it keep it.</summary>
    /// <exception cref="FarmError">There is none with this id.</exception>
    public Task Remove(long groupId, string id) => store.Write(tx =>
    {
        if (!Guid.TryParseExact(id, "N", out var uuid) || !GroupUploadRows.Remove(tx.Db, groupId, uuid)) throw Unknown(id);
    });

    private static FarmError Unknown(string id) => FarmError.NotFound($"unknown file '{id}'");
}
