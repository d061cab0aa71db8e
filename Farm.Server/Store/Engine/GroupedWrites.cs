using Farm.Server.Domain;

namespace Farm.Server.Store.Engine;

/// <summary>
/// Writes requests of one kind that wait for the writer at the same time as one operation, which needs fewer statements than one for each. Every
/// caller still gets its own answer, and an error of one does not fail the others.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="together">
/// Writes several requests in the order in which they came. Null as an answer leaves a request to <paramref name="alone"/>; it must then have
/// written nothing for it. If it throws, all are done alone.
/// </param>
/// <param name="alone">Writes one request in an operation of its own.</param>
internal sealed class GroupedWrites<TRequest, TAnswer>(
    FarmStore store, Func<WriteTransaction, IReadOnlyList<TRequest>, IReadOnlyList<TAnswer?>> together, Func<WriteTransaction, TRequest, TAnswer> alone)
    where TAnswer : struct
{
    /// <summary>The most requests of one operation.</summary>
    public const int MaxRequests = 64;

    private readonly Lock _gate = new();
    private List<Waiting> _waiting = [];

    /// <summary>Writes a request; completes when it is on disk.</summary>
    /// <exception cref="FarmException">It was rejected, or the store cannot be written.</exception>
    public Task<TAnswer> WriteAsync(TRequest request)
    {
        var waiting = new Waiting(request);
        bool isFirst;
        lock (_gate)
        {
            _waiting.Add(waiting);
            isFirst = _waiting.Count == 1;
        }

        if (isFirst) Queue();
        return waiting.Completion.Task;
    }

    private void Queue()
    {
        try
        {
            store.Write(new Group(this));
        }
        catch (FarmException shuttingDown)
        {
            foreach (var waiting in Take()) waiting.Completion.SetException(shuttingDown);
        }
    }

    /// <summary>The requests that wait. If there are too many for one operation, another is queued for the rest.</summary>
    private List<Waiting> Take()
    {
        List<Waiting> taken;
        bool areMore;
        lock (_gate)
        {
            taken = _waiting;
            areMore = taken.Count > MaxRequests;
            _waiting = areMore ? taken[MaxRequests..] : [];
        }

        if (!areMore) return taken;
        Queue();
        return taken[..MaxRequests];
    }

    private TAnswer Alone(WriteTransaction tx, TRequest request) => alone(tx, request);

    private IReadOnlyList<TAnswer?> Together(WriteTransaction tx, IReadOnlyList<TRequest> requests) => together(tx, requests);

    private async Task WriteAloneAsync(Waiting waiting)
    {
        try
        {
            waiting.Completion.SetResult(await store.WriteAsync(tx => Alone(tx, waiting.Request)));
        }
        catch (Exception failure)
        {
            waiting.Completion.SetException(failure);
        }
    }

    private sealed class Waiting(TRequest request)
    {
        public TRequest Request => request;

        public TaskCompletionSource<TAnswer> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>One operation. Which requests it writes is decided when it runs, so that those join which came while it waited.</summary>
    private sealed class Group(GroupedWrites<TRequest, TAnswer> owner) : WriteItem
    {
        private List<Waiting>? _requests;
        private IReadOnlyList<TAnswer?> _answers = [];

        /// <inheritdoc/>
        public override void Run(WriteTransaction tx)
        {
            _requests = owner.Take();
            _answers = _requests is [var only] ? [owner.Alone(tx, only.Request)] : owner.Together(tx, _requests.ConvertAll(waiting => waiting.Request));
        }

        /// <inheritdoc/>
        public override void Complete()
        {
            for (var i = 0; i < _requests!.Count; i++)
            {
                if (_answers[i] is { } answer) _requests[i].Completion.SetResult(answer);
                else _ = owner.WriteAloneAsync(_requests[i]);
            }
        }

        /// <inheritdoc/>
        public override void Fail(Exception cause)
        {
            // Without requests, it did not run.
            _requests ??= owner.Take();
            var concernsAll = _requests.Count == 1 || cause is FarmException { Kind: ErrorKind.Unavailable };
            foreach (var waiting in _requests)
            {
                if (concernsAll) waiting.Completion.SetException(cause);
                else _ = owner.WriteAloneAsync(waiting);
            }
        }
    }
}
