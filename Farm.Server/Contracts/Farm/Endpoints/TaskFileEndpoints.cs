using System.Text.Json;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations.Artifacts;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>What workers fetch and send for the task that they hold. All of it is refused with 409 to a worker that does not hold it (any more).</summary>
internal sealed class TaskFileEndpoints(ArtifactUploads uploads, TaskInputs inputs, TaskMessages messages)
{
    /// <summary>The longest body with messages, in bytes: so many characters, each escaped.</summary>
    public const long LongestMessages = TaskMessages.MostCharacters * 6L + 65536;

    /// <summary>Takes a file that the task produced.</summary>
    public async Task UploadAsync(HttpContext context)
    {
        var path = (string?)context.Request.RouteValues["path"] ?? "";
        var upload = new ArtifactUpload(
            WorkerCredentials.WorkerOf(context), context.Id("task"), context.Attempt(), path, StoredFileAnswer.MediaType(path),
            context.Request.ContentLength);
        var file = await uploads.TakeAsync(upload, context.Request.Body, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(new UploadedMessage(path, file.Size, file.Sha256), FarmJson.Default.UploadedMessage);
    }

    /// <summary>Sends a file that the commands of the task name by its hash.</summary>
    public Task DownloadAsync(HttpContext context)
    {
        var sha256 = (string)context.Request.RouteValues["sha256"]!;
        var content = inputs.Open(WorkerCredentials.WorkerOf(context), context.Id("task"), context.Attempt(), sha256);
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(content.Name)).ToUnixTimeMilliseconds();
        return StoredFileAnswer.SendAsync(context, content, sha256, sha256, StoredFileAnswer.MediaType(""), written);
    }

    /// <summary>Keeps what people shall read once the task has failed.</summary>
    public async Task SetMessagesAsync(HttpContext context)
    {
        var sent = await ReadAsync(context);
        await messages.SetAsync(WorkerCredentials.WorkerOf(context), context.Id("task"), context.Attempt(), sent);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(HttpContext context)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync(context.Request.Body, FarmJson.Default.TaskMessagesMessage, context.RequestAborted);
            if (body?.Messages is { } messages && !messages.Contains(null!)) return messages;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw FarmException.Invalid("the body must be {\"messages\": [texts]}");
    }
}
