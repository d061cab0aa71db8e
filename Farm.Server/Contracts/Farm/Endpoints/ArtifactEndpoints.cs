using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Operations.Artifacts;
using Farm.Server.Operations.Files;
using Farm.Server.Operations.Reading;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>People look at what tasks produced, and fetch it.</summary>
internal sealed class ArtifactEndpoints(ArtifactQueries artifacts, JobQueries jobs, ContentStore contents, ArtifactArchive archive)
{
    private const int Page = 1000;

    /// <summary>Lists the files of a job.</summary>
    public Task OfJob(HttpContext context)
    {
        var page = artifacts.OfJob(context.Id("job"), context.Number("limit", Page, Page), context.Number("offset", 0));
        var message = new ArtifactsMessage([.. page.Files.Select(Message)], page.Count, page.Bytes);
        return context.Response.WriteAsJsonAsync(message, FarmJson.Default.ArtifactsMessage);
    }

    /// <summary>Lists the files of a task.</summary>
    public Task OfTask(HttpContext context)
    {
        var files = artifacts.OfTask(context.Id("task"));
        var message = new ArtifactsMessage([.. files.Select(Message)], files.Count, files.Sum(file => file.Size));
        return context.Response.WriteAsJsonAsync(message, FarmJson.Default.ArtifactsMessage);
    }

    /// <summary>Tells what the worker that failed a task left to be read.</summary>
    public Task Messages(HttpContext context) => context.Response.WriteAsJsonAsync(
        new TaskMessagesMessage(artifacts.MessagesOfTask(context.Id("task"))), FarmJson.Default.TaskMessagesMessage);

    /// <summary>Sends a file.</summary>
    public Task Fetch(HttpContext context)
    {
        var file = artifacts.One(context.ArtifactId());
        return StoredFileAnswer.Send(
            context, contents.Open(file.Sha256), file.Sha256, file.Path.Split('/')[^1], file.MediaType, file.CreatedAt);
    }

    /// <summary>Sends all files of a job as one.</summary>
    public async Task FetchAll(HttpContext context)
    {
        var id = context.Id("job");
        var job = jobs.Find(id) ?? throw FarmException.NotFound("no such job");
        var files = artifacts.OfJob(id, int.MaxValue, 0).Files;
        if (files.Count == 0) throw FarmException.NotFound("the job has no files, or none yet");
        StoredFileAnswer.BeginArchive(context, $"{FileName(job.Name)}.tar.gz");
        await archive.Write(ArtifactArchive.Named(files), context.Response.Body, context.RequestAborted);
    }

    private static string FileName(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ' ? c : '_')).Trim('.', ' ');
        return safe.Length == 0 ? "job" : safe[..Math.Min(safe.Length, 100)];
    }

    private static ArtifactMessage Message(Artifact file) => new(
        file.Uuid.ToString("N"), file.Task, file.TaskName, file.Path, file.Size, file.Sha256, file.MediaType,
        DateTimeOffset.FromUnixTimeMilliseconds(file.CreatedAt));
}
