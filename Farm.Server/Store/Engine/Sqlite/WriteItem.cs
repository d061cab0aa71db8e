namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>One operation that waits for the writer, and whoever waits for its answer.</summary>
internal abstract class WriteItem
{
    /// <summary>Runs the operation; the answer is kept until <see cref="Complete"/>.</summary>
    public abstract void Run(WriteTransaction tx);

    /// <summary>Gives the caller the answer; only called once it is on disk.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing was changed.</summary>
    public abstract void Fail(Exception cause);
}

/// <inheritdoc/>
internal sealed class WriteItem<T>(Func<WriteTransaction, T> operation) : WriteItem
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <summary>The answer, once it is on disk.</summary>
    public Task<T> Answer => _answer.Task;

    /// <inheritdoc/>
    public override void Run(WriteTransaction tx) => _result = operation(tx);

    /// <inheritdoc/>
    public override void Complete() => _answer.TrySetResult(_result);

    /// <inheritdoc/>
    public override void Fail(Exception cause) => _answer.TrySetException(cause);
}
