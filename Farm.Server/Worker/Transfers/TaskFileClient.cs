using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.Updates;

namespace Farm.Server.Worker.Transfers;

/// <summary>
/// Requests for the files and messages of a task in Farm's own API (<c>/api/farm/v1</c>). As in <see cref="ManagerClient"/>, network and server
/// errors do not throw; errors of the local disk do.
/// </summary>
internal sealed class TaskFileClient(ManagerClient manager, TaskReference task)
{
    private const int PieceBytes = 256 * 1024;

    private string Root => $"api/farm/v1/tasks/{task.TaskId}/";

    /// <summary>Downloads content of the task into a new file.</summary>
    /// <returns>The response; 200 only if the hash is right.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public Task<ManagerAnswer> DownloadAsync(string sha256, string target, CancellationToken cancellationToken)
    {
        return manager.TransferAsync(HttpMethod.Get, $"{Root}files/{sha256}", task.Attempt, _ => null, ReceiveAsync, cancellationToken);

        async Task<ManagerAnswer> ReceiveAsync(HttpResponseMessage response, TransferDeadline deadline)
        {
            if (!response.IsSuccessStatusCode) return await ManagerClient.ReadBodyAsync(response, deadline);
            await using var body = await response.Content.ReadAsStreamAsync(deadline.Token);
            return await WriteAsync(body, target, deadline) == sha256
                ? new ManagerAnswer((int)response.StatusCode, default)
                : new ManagerAnswer(0, default, "the downloaded content has the wrong hash");
        }
    }

    /// <summary>Uploads a file of the task.</summary>
    /// <param name="file">The local path.</param>
    /// <param name="path">Its name for the manager: relative, parts separated by <c>/</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response; 200 only if the manager has the same hash.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<ManagerAnswer> UploadAsync(string file, string path, CancellationToken cancellationToken)
    {
        FileContent? content = null;
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        var answer = await manager.TransferAsync(
            HttpMethod.Put, $"{Root}artifacts/{escaped}", task.Attempt, deadline => content = new FileContent(file, deadline), ManagerClient.ReadBodyAsync, cancellationToken);
        if (answer.Status != 200 || answer.Read(WorkerJson.Default.UploadedFile)?.Sha256 == content!.Sha256) return answer;
        return new ManagerAnswer(0, default, "the uploaded content has the wrong hash");
    }

    /// <summary>Stores messages to show if the task fails.</summary>
    public Task<ManagerAnswer> StoreMessagesAsync(IReadOnlyList<string> messages, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new TaskMessages(messages), WorkerJson.Default.TaskMessages);
        return manager.TransferAsync(HttpMethod.Put, Root + "messages", task.Attempt, _ => Json(body), ManagerClient.ReadBodyAsync, cancellationToken);
    }

    /// <returns>The SHA-256 of the file in hex.</returns>
    private static async Task<string> WriteAsync(Stream body, string target, TransferDeadline deadline)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        var buffer = new byte[PieceBytes];
        int read;
        while ((read = await body.ReadAsync(buffer, deadline.Token)) > 0)
        {
            deadline.Moved();
            hash.AppendData(buffer, 0, read);
            await WriteAsync(file, buffer.AsMemory(0, read), deadline.Token);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Tells a full disk from a broken connection, which would be retried.</summary>
    private static async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(piece, cancellationToken);
        }
        catch (IOException e)
        {
            throw new LocalFileException(e);
        }
    }

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
