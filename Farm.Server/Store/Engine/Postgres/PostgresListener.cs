using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>Receives messages (NOTIFY) on a connection of its own, and connects again when it is lost.</summary>
internal sealed class PostgresListener : IDisposable
{
    // A connection that only waits would not notice that the other end is gone.
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly string _schema;
    private readonly Action<string?> _receive;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _work;
    private bool _isFailing;

    /// <summary>Starts to listen.</summary>
    /// <param name="source">Opens the connection.</param>
    /// <param name="schema">The schema of the farm, which is also the name of its channel.</param>
    /// <param name="receive">See <see cref="IStoreEngine.Listen"/>.</param>
    /// <param name="log">The log.</param>
    public PostgresListener(NpgsqlDataSource source, string schema, Action<string?> receive, ILogger log)
    {
        (_source, _schema, _receive, _log) = (source, schema, receive, log);
        _work = Task.Run(WorkAsync);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stopping.IsCancellationRequested) return;
        _stopping.Cancel();
        _work.Wait();
        _stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ListenUntilLostAsync(_stopping.Token);
            }
            catch (Exception lost)
            {
                if (_stopping.IsCancellationRequested) return;
                if (!_isFailing) _log.LogWarning("Changes by other managers are not seen until the database answers again: {Reason}", lost.Message);
                _isFailing = true;
            }

            await Task.Delay(BeforeRetry, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenUntilLostAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, message) => _receive(message.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {_schema}", connection)) await listen.ExecuteNonQueryAsync(cancellationToken);
        // What happened before this moment was not heard.
        _receive(null);
        _isFailing = false;
        await using var check = new NpgsqlCommand("SELECT 1", connection);
        while (true)
        {
            if (!await connection.WaitAsync(BetweenChecks, cancellationToken)) await check.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
