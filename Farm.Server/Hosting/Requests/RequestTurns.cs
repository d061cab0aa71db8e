using System.Collections.Concurrent;

namespace Farm.Server.Hosting.Requests;

/// <summary>Lets only one of several requests with the same key run at a time; the others wait for its answer.</summary>
internal sealed class RequestTurns
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _running = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn of a request; dispose the result when it has ended.</summary>
    /// <param name="digest">The digest of its key.</param>
    /// <param name="cancellationToken">When its client has gone.</param>
    public async Task<IDisposable> EnterAsync(byte[] digest, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(digest);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_running.GetOrAdd(key, ended) is var running && running != ended) await running.Task.WaitAsync(cancellationToken);
        return new Turn(this, key, ended);
    }

    private sealed class Turn(RequestTurns turns, string key, TaskCompletionSource ended) : IDisposable
    {
        public void Dispose()
        {
            turns._running.TryRemove(key, out _);
            ended.TrySetResult();
        }
    }
}
