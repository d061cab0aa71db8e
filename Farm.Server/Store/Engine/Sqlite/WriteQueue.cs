using System.Diagnostics;
using System.Threading.Channels;
using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// The single writer: one connection on one thread. It runs all waiting operations, each in its own savepoint, commits once, and only then
/// completes the callers and publishes their events. So every result is durable, and callers share the cost of the disk (group commit,
/// Docs/design.md section 3).
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const int MostPerCommit = 512;
    private static readonly TimeSpan LongestCommit = TimeSpan.FromMilliseconds(25);

    private readonly Channel<WriteItem> _waiting =
        Channel.CreateUnbounded<WriteItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteSession _statements;
    private readonly WriteTransaction _transaction;
    private readonly FarmEvents _events;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _stopped = new();
    private readonly List<(WriteItem Item, Exception? Error)> _batch = [];
    private int _waitingCount;
    private bool _inTrouble;

    /// <summary>Takes ownership of a connection and starts the writer.</summary>
    public WriteQueue(SqliteConnection connection, TimeProvider time, FarmEvents events, ILogger log, int slice)
    {
        _statements = new SqliteSession(connection);
        _transaction = new WriteTransaction(_statements, time, slice);
        _events = events;
        _log = log;
        _thread = new Thread(Work) { Name = "farm writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>
    /// Runs an operation in a transaction; completes when it is on disk. If the operation throws, its changes are undone and the task fails
    /// with its exception.
    /// </summary>
    /// <exception cref="FarmException">The disk cannot be written; nothing was changed.</exception>
    public Task<T> RunAsync<T>(Func<WriteTransaction, T> operation)
    {
        var item = new WriteItem<T>(operation);
        // Counted here, because a single-reader channel does not support Count.
        Interlocked.Increment(ref _waitingCount);
        if (_waiting.Writer.TryWrite(item)) return item.Answer;
        Interlocked.Decrement(ref _waitingCount);
        throw new FarmException(ErrorKind.Unavailable, "the farm is shutting down");
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Action<WriteTransaction> operation) => RunAsync(tx =>
    {
        operation(tx);
        return true;
    });

    /// <summary>Number of operations waiting for the writer.</summary>
    public int Waiting => Volatile.Read(ref _waitingCount);

    /// <summary>Writes pending operations, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_waiting.Writer.TryComplete()) await _stopped.Task;
    }

    private void Work()
    {
        var reader = _waiting.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult()) Drain(reader);
        _statements.Dispose();
        _stopped.SetResult();
    }

    private void Drain(ChannelReader<WriteItem> reader)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            _statements.Execute("BEGIN IMMEDIATE");
            var begun = Stopwatch.GetTimestamp();
            while (_batch.Count < MostPerCommit && Stopwatch.GetElapsedTime(begun) < LongestCommit && reader.TryRead(out var item))
            {
                Interlocked.Decrement(ref _waitingCount);
                _batch.Add((item, null));
                _batch[^1] = (item, RunInSavepoint(item));
            }

            _statements.Execute("COMMIT");
            WriteMetrics.Committed(_batch.Count, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception failure)
        {
            WriteMetrics.Failed();
            Undo(failure, reader);
            _batch.Clear();
            return;
        }

        Tell();
        foreach (var (item, refusal) in _batch) Answer(item, refusal);
        _batch.Clear();
        if (_inTrouble) _log.LogInformation("The database can be written again");
        _inTrouble = false;
    }

    /// <summary>A failing callback must not fail a committed write.</summary>
    private void Tell()
    {
        try
        {
            _transaction.Committed(_events);
        }
        catch (Exception failure)
        {
            _transaction.Forget();
            _log.LogError(failure, "Something that follows a write failed; the write itself is on disk");
        }
    }

    private static void Answer(WriteItem item, Exception? refusal)
    {
        if (refusal is null) item.Complete();
        else item.Fail(refusal);
    }

    private Exception? RunInSavepoint(WriteItem item)
    {
        var mark = _transaction.BeginOperation();
        _statements.Execute("SAVEPOINT operation");
        try
        {
            item.Run(_transaction);
            _statements.Execute("RELEASE operation");
            return null;
        }
        catch (Exception refusal) when (!SqliteErrors.IsTroubleOfTheDisk(refusal))
        {
            _statements.Execute("ROLLBACK TO operation");
            _statements.Execute("RELEASE operation");
            _transaction.ForgetSince(mark);
            return refusal;
        }
    }

    /// <summary>The commit failed: nothing of the batch was saved, so all its callers fail. The next batch tries again.</summary>
    private void Undo(Exception failure, ChannelReader<WriteItem> reader)
    {
        _transaction.Forget();
        try
        {
            if (_statements.InTransaction) _statements.Execute("ROLLBACK");
        }
        catch (SqliteException rollback)
        {
            _log.LogError("The database could not undo a write: {Reason}", rollback.Message);
        }

        if (!_inTrouble)
        {
            _log.LogError(
                "The database cannot be written: {Reason}. Requests are refused until it can; check the disk of the data directory",
                failure.Message);
        }

        _inTrouble = true;
        if (_batch.Count == 0 && reader.TryRead(out var first))
        {
            Interlocked.Decrement(ref _waitingCount);
            _batch.Add((first, null));
        }

        var error = new FarmException(ErrorKind.Unavailable, "the farm cannot write to its disk at the moment", failure);
        foreach (var (item, refusal) in _batch) item.Fail(refusal ?? error);
    }
}
