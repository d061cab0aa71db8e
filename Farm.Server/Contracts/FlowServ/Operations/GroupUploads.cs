using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>Uploads of groups for their runs (Contracts/FlowServ/Contract.md section 4.4).</summary>
internal sealed class GroupUploads(IReadStore store, ContentStore content, AuditLog audit, TimeProvider time)
{
    private const int MaxNameLength = 512;

    /// <summary>The uploads of a group, oldest first.</summary>
    public List<GroupUpload> Of(long groupId) => store.Read(db => GroupUploadTable.OfGroup(db, groupId));

    /// <summary>An upload of a group.</summary>
    /// <exception cref="FarmException">The upload is unknown.</exception>
    public GroupUpload Find(long groupId, string id) =>
        Guid.TryParseExact(id, "N", out var uuid) && store.Read(db => GroupUploadTable.Find(db, groupId, uuid)) is { } upload ? upload : throw Unknown(id);

    /// <summary>Stores a file for a group. Its name is cut to the part after the last slash or backslash.</summary>
    /// <exception cref="FarmException">The name is invalid, the file too large, or the group was deleted meanwhile.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public Task<GroupUpload> AddAsync(
        Caller caller, WorkflowGroup group, string name, Stream file, long limit, CancellationToken cancellationToken) => audit.RunAsync(caller, WorkflowVerb.AddFile, action =>
    {
        action.On(new AuditTarget("group", group.Key, group.Name));
        var baseName = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        if (baseName.Length is 0 or > MaxNameLength || baseName is "." or ".." || baseName.Any(char.IsControl)) throw FarmException.Invalid("empty or invalid file name");
        var uuid = Guid.CreateVersion7(time.GetUtcNow());
        return content.PutAsync(
            file, limit,
            (tx, stored) =>
            {
                if (WorkflowGroupTable.ById(tx.Db, group.Id) is null) throw FarmException.NotFound($"unknown group '{group.Key}'");
                var upload = new GroupUpload(uuid, baseName, stored.Size, stored.Sha256, tx.Now);
                GroupUploadTable.Insert(tx.Db, group.Id, upload);
                action.Change(null, $"{baseName}, {stored.Size} bytes");
                action.Record(tx);
                return upload;
            },
            cancellationToken);
    });

    /// <summary>Deletes an upload; runs that were started with it keep the content.</summary>
    /// <exception cref="FarmException">The upload is unknown.</exception>
    public Task RemoveAsync(Caller caller, WorkflowGroup group, string id) => audit.WriteAsync(caller, WorkflowVerb.RemoveFile, (tx, action) =>
    {
        action.On(new AuditTarget("group", group.Key, group.Name));
        if (!Guid.TryParseExact(id, "N", out var uuid) || GroupUploadTable.Find(tx.Db, group.Id, uuid) is not { } upload) throw Unknown(id);
        GroupUploadTable.Remove(tx.Db, group.Id, uuid);
        action.Change(upload.Name, null);
    });

    private static FarmException Unknown(string id) => FarmException.NotFound($"unknown file '{id}'");
}
