using Farm.Server.Worker.Protocol;

namespace Farm.Server.Worker.Transfers;

/// <summary>
/// Downloads and uploads files of a task, with retries until the manager answers or the task is canceled.
/// </summary>
/// <param name="client">Sends the requests.</param>
/// <param name="intervals">The time between retries.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Adds a line to the task's log.</param>
internal sealed class TaskFiles(TaskFileClient client, WorkerIntervals intervals, TimeProvider time, Func<string, CancellationToken, Task> log)
{
    /// <summary>Downloads content of the task into a new file.</summary>
    /// <exception cref="TaskCommandException">The manager refused it, or the file cannot be written.</exception>
    public Task DownloadAsync(string sha256, string target, string path, CancellationToken cancellationToken) =>
        TryAsync($"download '{path}'", () => client.DownloadAsync(sha256, target, cancellationToken), cancellationToken);

    /// <summary>Uploads a file of the task.</summary>
    /// <exception cref="TaskCommandException">The manager refused it, or the file cannot be read.</exception>
    public async Task UploadAsync(string file, string path, CancellationToken cancellationToken)
    {
        await TryAsync($"upload '{path}'", () => client.UploadAsync(file, path, cancellationToken), cancellationToken);
        await log($"uploaded {path} ({new FileInfo(file).Length} bytes)", cancellationToken);
    }

    /// <summary>Stores messages to show if the task fails.</summary>
    /// <exception cref="TaskCommandException">The manager refused them.</exception>
    public Task StoreMessagesAsync(IReadOnlyList<string> messages, CancellationToken cancellationToken) =>
        TryAsync("store messages", () => client.StoreMessagesAsync(messages, cancellationToken), cancellationToken);

    private async Task TryAsync(string what, Func<Task<ManagerAnswer>> request, CancellationToken cancellationToken)
    {
        var wait = intervals.StartRetry;
        var waits = false;
        while (true)
        {
            var answer = await OnceAsync(what, request);
            if (answer.IsSuccess) return;
            if (!answer.IsTransient) throw new TaskCommandException($"the manager refused to {what}: {answer}");
            if (!waits) await log($"cannot {what} ({answer}); retrying", cancellationToken);
            waits = true;
            await Task.Delay(wait, time, cancellationToken);
            wait = wait * 2 < intervals.Flush ? wait * 2 : intervals.Flush;
        }
    }

    private static async Task<ManagerAnswer> OnceAsync(string what, Func<Task<ManagerAnswer>> request)
    {
        try
        {
            return await request();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TaskCommandException($"cannot {what}: {e.Message}");
        }
    }
}
