namespace Farm.Server.Store.Engine;

/// <summary>An operation queued for the writer, with the task that its caller awaits.</summary>
internal abstract class WriteItem
{
    /// <summary>Runs the operation; the result is kept until <see cref="Complete"/>.</summary>
    public abstract void Run(WriteTransaction tx);

    /// <summary>Completes the caller's task; only called after the commit.</summary>
    public abstract void Complete();

    /// <summary>Fails the caller's task; nothing was changed.</summary>
    public abstract void Fail(Exception cause);
}

/// <inheritdoc/>
internal sealed class WriteItem<T>(Func<WriteTransaction, T> operation) : WriteItem
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <summary>Completes after the commit.</summary>
    public Task<T> Completion => _completion.Task;

    /// <inheritdoc/>
    public override void Run(WriteTransaction tx) => _result = operation(tx);

    /// <inheritdoc/>
    public override void Complete() => _completion.TrySetResult(_result);

    /// <inheritdoc/>
    public override void Fail(Exception cause) => _completion.TrySetException(cause);
}
