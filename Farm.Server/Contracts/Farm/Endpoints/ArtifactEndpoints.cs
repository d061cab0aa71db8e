using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Artifacts;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Views.Files;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Lists and sends the files that tasks produced.</summary>
internal sealed class ArtifactEndpoints(IReadStore store, ContentStore contents, ArtifactArchive archive)
{
    private const int PageSize = 1000;

    /// <summary>Lists the files of a job.</summary>
    public Task OfJobAsync(HttpContext context)
    {
        var (id, limit, offset) = (context.Id("job"), context.Number("limit", PageSize, PageSize), context.Number("offset", 0));
        var (files, totals) = store.Read(db =>
        {
            var job = Existing(db, id).Id;
            return (ArtifactView.OfJob(db, job, limit, offset), ArtifactView.Totals(db, job));
        });
        var message = new ArtifactsMessage([.. files.Select(Message)], totals.Files, totals.Bytes);
        return context.Response.WriteAsJsonAsync(message, FarmJson.Default.ArtifactsMessage);
    }

    /// <summary>Lists the files of a task.</summary>
    public Task OfTaskAsync(HttpContext context)
    {
        var id = context.Id("task");
        var files = store.Read(db => ArtifactView.OfTask(db, TaskId(db, id)));
        var message = new ArtifactsMessage([.. files.Select(Message)], files.Count, files.Sum(file => file.Size));
        return context.Response.WriteAsJsonAsync(message, FarmJson.Default.ArtifactsMessage);
    }

    /// <summary>The messages of the worker that failed a task.</summary>
    public Task MessagesAsync(HttpContext context)
    {
        var id = context.Id("task");
        var messages = store.Read(db => TaskMessageTable.OfTask(db, TaskId(db, id)));
        return context.Response.WriteAsJsonAsync(new TaskMessagesMessage(messages), FarmJson.Default.TaskMessagesMessage);
    }

    /// <summary>Sends a file.</summary>
    public Task FetchAsync(HttpContext context)
    {
        var id = context.ArtifactId();
        var file = store.Read(db => ArtifactView.Find(db, id)) ?? throw FarmException.NotFound("no such file");
        return StoredFileResponse.SendAsync(
            context, contents.Open(file.Sha256), file.Sha256, file.Path.Split('/')[^1], file.MediaType, file.CreatedAt);
    }

    /// <summary>Sends all files of a job as one archive.</summary>
    public async Task FetchAllAsync(HttpContext context)
    {
        var id = context.Id("job");
        var (job, files) = store.Read(db =>
        {
            var found = Existing(db, id);
            return (found, ArtifactView.OfJob(db, found.Id, int.MaxValue, 0));
        });
        if (files.Count == 0) throw FarmException.NotFound("the job has no files yet");
        StoredFileResponse.BeginArchive(context, $"{FileName(job.Name)}.tar.gz");
        await archive.WriteAsync(ArtifactArchive.Named(files), context.Response.Body, context.RequestAborted);
    }

    private static Job Existing(StoreSession db, Guid job) => JobTable.ByUuid(db, job) ?? throw FarmException.NotFound("no such job");

    private static long TaskId(StoreSession db, Guid task) => TaskTable.ByUuid(db, task)?.Id ?? throw FarmException.NotFound("no such task");

    private static string FileName(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ' ? c : '_')).Trim('.', ' ');
        return safe.Length == 0 ? "job" : safe[..Math.Min(safe.Length, 100)];
    }

    private static ArtifactMessage Message(Artifact file) => new(
        file.Uuid.ToString("N"), file.Task, file.TaskName, file.Path, file.Size, file.Sha256, file.MediaType,
        DateTimeOffset.FromUnixTimeMilliseconds(file.CreatedAt));
}
