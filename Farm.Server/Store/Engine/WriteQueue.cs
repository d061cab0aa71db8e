using System.Diagnostics;
using System.Threading.Channels;
using Farm.Server.Domain;
using Farm.Server.Domain.Events;

namespace Farm.Server.Store.Engine;

/// <summary>
/// The single writer: one connection on one thread. It runs all waiting operations, each in its own savepoint, commits once, and only then
/// completes the callers and publishes their events. So every result is durable, and callers share the cost of the disk (group commit,
/// Docs/design.md section 3).
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    /// <summary>What callers are told when the connection broke in a commit, so that the engine cannot say whether it took place.</summary>
    public const string MaybeSaved = "the connection to the database was lost while saving, and the change may have been saved; look before you repeat it";

    private const int MaxOperationsPerCommit = 512;

    private readonly Channel<WriteItem> _waiting =
        Channel.CreateUnbounded<WriteItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IStoreEngine _engine;
    private readonly Func<StoreSession, WriteTransaction> _newTransaction;
    private readonly FarmEvents _events;
    private readonly EventExchange? _others;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _stopped = new();
    private readonly List<(WriteItem Item, Exception? Error)> _batch = [];
    private int _waitingCount;
    private StoreSession _session;
    private WriteTransaction _transaction;
    private bool _isFailing;
    private bool _failsToWrite;

    /// <summary>Opens the writer's connection and starts the writer.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="time">The clock for transaction times.</param>
    /// <param name="events">Receives the events of committed operations.</param>
    /// <param name="others">Tells other managers of them; null if there can be none.</param>
    /// <param name="log">The log.</param>
    /// <param name="slice">See <see cref="FarmStore.Slice"/>.</param>
    public WriteQueue(IStoreEngine engine, TimeProvider time, FarmEvents events, EventExchange? others, ILogger log, int slice)
    {
        _others = others;
        _engine = engine;
        _newTransaction = session => new WriteTransaction(session, time, slice);
        _session = engine.OpenWriter();
        _transaction = _newTransaction(_session);
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
        Add(item);
        return item.Completion;
    }

    /// <summary>Queues an operation whose callers are not waiting for one result.</summary>
    /// <exception cref="FarmException">The server is shutting down.</exception>
    public void Add(WriteItem item)
    {
        // Counted here, because a single-reader channel does not support Count.
        Interlocked.Increment(ref _waitingCount);
        if (_waiting.Writer.TryWrite(item)) return;
        Interlocked.Decrement(ref _waitingCount);
        throw new FarmException(ErrorKind.Unavailable, "the server is shutting down");
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
        _session.Dispose();
        _stopped.SetResult();
    }

    private void Drain(ChannelReader<WriteItem> reader)
    {
        var started = Stopwatch.GetTimestamp();
        var (hasBegun, isCommitting) = (false, false);
        try
        {
            BeginTransaction();
            hasBegun = true;
            _transaction.Begin();
            while (_batch.Count < MaxOperationsPerCommit && !_transaction.IsTimeUp && reader.TryRead(out var item))
            {
                Interlocked.Decrement(ref _waitingCount);
                _batch.Add((item, null));
                _batch[^1] = (item, RunInSavepoint(item));
            }

            if (_others is not null) _transaction.Announce(_others);
            isCommitting = true;
            _session.Commit();
            WriteMetrics.Committed(_batch.Count, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception failure)
        {
            WriteMetrics.Failed();
            _failsToWrite = hasBegun;
            Undo(failure, isCommitting && _session.IsBroken, reader);
            _batch.Clear();
            return;
        }

        RunCallbacks();
        foreach (var (item, error) in _batch) Complete(item, error);
        _batch.Clear();
        // A transaction without changes succeeds on a full or read-only disk too.
        if (!_isFailing || (_failsToWrite && !_session.HasWritten)) return;
        _log.LogInformation("The database is writable again");
        _isFailing = false;
    }

    /// <summary>Begins a transaction; on a new connection if the old one was lost while nothing was written.</summary>
    private void BeginTransaction()
    {
        if (_session.IsBroken) Reopen();
        try
        {
            _session.BeginWrite();
        }
        catch (Exception) when (_session.IsBroken)
        {
            Reopen();
            _session.BeginWrite();
        }
    }

    private void Reopen()
    {
        _session.Dispose();
        _session = _engine.OpenWriter();
        _transaction = _newTransaction(_session);
    }

    /// <summary>A failing callback must not fail a committed write.</summary>
    private void RunCallbacks()
    {
        try
        {
            _transaction.Committed(_events);
        }
        catch (Exception failure)
        {
            _transaction.Discard();
            _log.LogError(failure, "A callback after a commit failed; the write itself is on disk");
        }
    }

    private static void Complete(WriteItem item, Exception? error)
    {
        if (error is null) item.Complete();
        else item.Fail(error);
    }

    private Exception? RunInSavepoint(WriteItem item)
    {
        var mark = _transaction.BeginOperation();
        _session.BeginOperation();
        try
        {
            item.Run(_transaction);
            _session.EndOperation();
            return null;
        }
        catch (Exception error) when (!_session.EndsTransaction(error))
        {
            _session.UndoOperation();
            _transaction.DiscardSince(mark);
            return error;
        }
    }

    /// <summary>
    /// The transaction failed, so all its callers fail. The next one tries again. Nothing was saved, except that a connection lost during the commit
    /// leaves it open whether everything was.
    /// </summary>
    private void Undo(Exception failure, bool mayBeSaved, ChannelReader<WriteItem> reader)
    {
        _transaction.Discard();
        try
        {
            _session.Rollback();
        }
        catch (Exception rollback)
        {
            _log.LogError("Rollback failed: {Reason}", rollback.Message);
        }

        if (!_isFailing)
        {
            _log.LogError("Cannot write to the database: {Reason} Requests fail until this is fixed. {Advice}", Sentence(failure.Message), _engine.Advice);
        }

        _isFailing = true;
        if (_batch.Count == 0 && reader.TryRead(out var first))
        {
            Interlocked.Decrement(ref _waitingCount);
            _batch.Add((first, null));
        }

        var unavailable = new FarmException(ErrorKind.Unavailable, mayBeSaved ? MaybeSaved : _engine.Unwritable(failure), failure);
        if (mayBeSaved) _events.Publish(new FarmEvent(FarmEventKind.Missed));
        foreach (var (item, error) in _batch) item.Fail(error ?? unavailable);
    }

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
