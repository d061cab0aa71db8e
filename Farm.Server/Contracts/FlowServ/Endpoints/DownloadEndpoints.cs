using System.IO.Compression;
using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations.Artifacts;
using Farm.Server.Operations.Files;
using Microsoft.Net.Http.Headers;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>
/// Downloads. They need no token, as the ids cannot be guessed, and responses are never compressed (Contracts/FlowServ/Contract.md sections 1, 2.6
/// and 2.7).
/// </summary>
internal sealed class DownloadEndpoints(
    FlowServAuthentication authentication, RunFiles files, ContentStore content, ArtifactArchive archive, WorkflowRuns runs, WorkflowGroups groups, GroupUploads uploads,
    WorkflowCatalog workflows)
{
    private const int TarBlock = 512;

    /// <summary>get_result_file.</summary>
    public Task ResultFileAsync(HttpContext context)
    {
        var (run, id) = (runs.Find(context.Route("runId")), context.Route("fileId"));
        authentication.CheckReader(context, run.GroupId);
        var file = files.Of(run).Find(file => Mapping.Id(file.Uuid) == id) ?? throw FarmException.NotFound($"unknown file '{id}'");
        return SendAsync(context, file.Path, file.Sha256);
    }

    /// <summary>get_result_archive.</summary>
    public async Task ResultArchiveAsync(HttpContext context)
    {
        var run = runs.Find(context.Route("runId"));
        authentication.CheckReader(context, run.GroupId);
        if (run.State != RunState.Success) throw FarmException.NotFound($"unknown run '{context.Route("runId")}'");
        var results = files.Of(run);
        context.Response.ContentType = "application/gzip";
        context.Response.Headers.ContentDisposition = "attachment; filename=run.tar.gz";
        if (results.Count > 0) await archive.WriteAsync(results.Select(file => (file.Path, file)), context.Response.Body, context.RequestAborted);
        else await WriteEmptyArchiveAsync(context);
    }

    /// <summary>Sends an uploaded file.</summary>
    public Task UploadAsync(HttpContext context)
    {
        var group = groups.Find(context.Route("userGroupId"));
        authentication.CheckReader(context, group.Id);
        var upload = uploads.Find(group.Id, context.Route("fileId"));
        return SendAsync(context, upload.Name, upload.Sha256);
    }

    /// <summary>The archive of a post-processing run: always 404, as there are none.</summary>
    public Task PostprocArchiveAsync(HttpContext context) =>
        throw FarmException.NotFound($"workflow '{workflows.Find(context.Route("workflowId")).Key}' has no post-processing run");

    /// <summary>A file of a post-processing run: always 404, as there are none.</summary>
    public Task PostprocFileAsync(HttpContext context)
    {
        workflows.Find(context.Route("workflowId"));
        throw FarmException.NotFound($"unknown file '{context.Route("fileId")}'");
    }

    /// <summary>An empty tar is two blocks of zeros, which .NET's TarWriter does not write.</summary>
    private static async Task WriteEmptyArchiveAsync(HttpContext context)
    {
        await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await packed.WriteAsync(new byte[2 * TarBlock], context.RequestAborted);
    }

    private async Task SendAsync(HttpContext context, string name, string sha256)
    {
        await using var stream = content.Open(sha256);
        context.Response.ContentType = MediaType(name);
        context.Response.ContentLength = stream.Length;
        var disposition = new ContentDispositionHeaderValue("attachment") { FileName = Quoted(name) };
        if (!name.All(char.IsAscii)) disposition.FileNameStar = name;
        context.Response.Headers.ContentDisposition = disposition.ToString();
        await stream.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static string MediaType(string name)
    {
        var type = StoredFileResponse.MediaType(name);
        return type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type;
    }

    /// <summary>The quoted name, with underscores for characters that not every client supports.</summary>
    private static string Quoted(string name) =>
        $"\"{string.Concat(name.Select(letter => char.IsAscii(letter) && !char.IsControl(letter) ? letter : '_')).Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
