using Farm.Server.Worker.Protocol;

namespace Farm.Server.Worker.Transfers;

/// <summary>
/// Brings files of a task here and back, however long the manager is away: the task ends only when the manager says so, or takes it away.
/// </summary>
/// <param name="client">Speaks to the manager.</param>
/// <param name="intervals">How long to wait between two tries.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Adds a line to the task's log.</param>
internal sealed class TaskFiles(TaskFileClient client, WorkerIntervals intervals, TimeProvider time, Func<string, CancellationToken, Task> log)
{
    /// <summary>Fetches a content that the task names, into a new file.</summary>
    /// <exception cref="CommandFailedException">The manager does not have it, or the file cannot be written.</exception>
    public Task DownloadAsync(string sha256, string target, string path, CancellationToken cancellationToken) =>
        TryAsync($"fetch '{path}'", () => client.DownloadAsync(sha256, target, cancellationToken), cancellationToken);

    /// <summary>Sends a file that the task produced.</summary>
    /// <exception cref="CommandFailedException">The manager does not take it, or the file cannot be read.</exception>
    public async Task UploadAsync(string file, string path, CancellationToken cancellationToken)
    {
        await TryAsync($"send '{path}'", () => client.UploadAsync(file, path, cancellationToken), cancellationToken);
        await log($"sent {path} ({new FileInfo(file).Length} bytes)", cancellationToken);
    }

    /// <summary>Leaves messages for the people who look at the task once it has failed.</summary>
    /// <exception cref="CommandFailedException">The manager does not take them.</exception>
    public Task LeaveMessagesAsync(IReadOnlyList<string> messages, CancellationToken cancellationToken) =>
        TryAsync("leave messages", () => client.LeaveMessagesAsync(messages, cancellationToken), cancellationToken);

    private async Task TryAsync(string what, Func<Task<ManagerAnswer>> request, CancellationToken cancellationToken)
    {
        var wait = intervals.StartRetry;
        var waits = false;
        while (true)
        {
            var answer = await OnceAsync(what, request);
            if (answer.IsSuccess) return;
            if (!answer.IsPassing) throw new CommandFailedException($"the manager refuses to {what}: {answer}");
            if (!waits) await log($"cannot {what} now ({answer}); it is tried again", cancellationToken);
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
            throw new CommandFailedException($"cannot {what}: {e.Message}");
        }
    }
}
