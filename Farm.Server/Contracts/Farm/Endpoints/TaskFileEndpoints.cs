using System.Text.Json;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations.Artifacts;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Files and messages of the task that a worker holds. A worker that no longer holds the task gets 409.</summary>
internal sealed class TaskFileEndpoints(ArtifactUploads uploads, TaskInputs inputs, TaskMessages messages)
{
    /// <summary>The longest body with messages, in bytes; every character may be escaped.</summary>
    public const long MaxMessagesBytes = TaskMessages.MaxCharacters * 6L + 65536;

    /// <summary>Stores a file that the task produced.</summary>
    public async Task UploadAsync(HttpContext context)
    {
        var path = (string?)context.Request.RouteValues["path"] ?? "";
        var upload = new ArtifactUpload(
            WorkerCredentials.WorkerOf(context), context.Id("task"), context.Attempt(), path, StoredFileResponse.MediaType(path),
            context.Request.ContentLength);
        var file = await uploads.ReceiveAsync(upload, context.Request.Body, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(new UploadedMessage(path, file.Size, file.Sha256), FarmJson.Default.UploadedMessage);
    }

    /// <summary>Sends an input file that the task's commands name by its hash.</summary>
    public Task DownloadAsync(HttpContext context)
    {
        var sha256 = (string)context.Request.RouteValues["sha256"]!;
        var content = inputs.Open(WorkerCredentials.WorkerOf(context), context.Id("task"), context.Attempt(), sha256);
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(content.Name)).ToUnixTimeMilliseconds();
        return StoredFileResponse.SendAsync(context, content, sha256, sha256, StoredFileResponse.MediaType(""), written);
    }

    /// <summary>Stores messages to show if the attempt fails.</summary>
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
            var json = await JsonBody.ReadAsync(context);
            JsonBody.Check(json.Span);
            var body = JsonSerializer.Deserialize(json.Span, FarmJson.Default.TaskMessagesMessage);
            if (body?.Messages is { } messages && !messages.Contains(null!)) return messages;
        }
        catch (JsonException)
        {
            // Reported below.
        }

        throw FarmException.Invalid("the body must be {\"messages\": [texts]}");
    }
}
