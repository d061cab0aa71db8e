
namespace Farm.Server.Worker.Protocol;

/// <summary>Cancels a transfer in which no data moves.</summary>
internal sealed class TransferDeadline : IDisposable
{
    private const int AnswerFactor = 10;

    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _timeout;

    /// <param name="timeout">The time limit without data.</param>
    /// <param name="cancellationToken">Cancels the transfer too.</param>
    public TransferDeadline(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _timeout = timeout;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _source.CancelAfter(timeout);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Restarts the time limit, because data has moved.</summary>
    public void Moved() => _source.CancelAfter(_timeout);

    /// <summary>Everything was sent; allows more time, because the manager now writes the file to disk.</summary>
    public void Sent() => _source.CancelAfter(_timeout * AnswerFactor);

    public void Dispose() => _source.Dispose();
}
