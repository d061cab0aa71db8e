
namespace Farm.Server.Worker.Protocol;

/// <summary>Ends a transfer that stands still; one that goes on may take as long as it takes.</summary>
internal sealed class TransferDeadline : IDisposable
{
    private const int AnswerFactor = 10;

    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _patience;

    /// <param name="patience">How long nothing may move.</param>
    /// <param name="cancellationToken">Ends the transfer too.</param>
    public TransferDeadline(TimeSpan patience, CancellationToken cancellationToken)
    {
        _patience = patience;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _source.CancelAfter(patience);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Something has moved.</summary>
    public void Moved() => _source.CancelAfter(_patience);

    /// <summary>Everything was sent; the other side now brings it to disk, which takes a while for a big file.</summary>
    public void Sent() => _source.CancelAfter(_patience * AnswerFactor);

    public void Dispose() => _source.Dispose();
}
