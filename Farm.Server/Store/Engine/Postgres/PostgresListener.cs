using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>Receives messages (NOTIFY) on a connection of its own, and connects again when it is lost.</summary>
internal sealed class PostgresListener : IDisposable
{
    private const int CheckMilliseconds = 5000;
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly string _schema;
    private readonly Action<string?> _receive;
    private readonly ILogger _log;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly Lock _lock = new();
    private readonly Thread _thread;
    private NpgsqlConnection? _connection;
    private bool _isFailing;

    /// <summary>Starts to listen.</summary>
    /// <param name="source">Opens the connection.</param>
    /// <param name="schema">The schema of the farm, which is also the name of its channel.</param>
    /// <param name="receive">See <see cref="IStoreEngine.Listen"/>.</param>
    /// <param name="log">The log.</param>
    public PostgresListener(NpgsqlDataSource source, string schema, Action<string?> receive, ILogger log)
    {
        (_source, _schema, _receive, _log) = (source, schema, receive, log);
        _thread = new Thread(Work) { Name = "farm listener", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Set();
        // Ends the wait for a message.
        lock (_lock) _connection?.Dispose();
        _thread.Join();
        _stopping.Dispose();
    }

    private void Work()
    {
        while (!_stopping.IsSet)
        {
            try
            {
                ListenUntilLost();
            }
            catch (Exception lost) when (lost is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException or TimeoutException)
            {
                if (_stopping.IsSet) return;
                if (!_isFailing) _log.LogWarning("Changes by other managers are not seen until the database answers again: {Reason}", lost.Message);
                _isFailing = true;
            }

            _stopping.Wait(BeforeRetry);
        }
    }

    private void ListenUntilLost()
    {
        using var connection = _source.OpenConnection();
        lock (_lock) _connection = connection;
        connection.Notification += (_, message) => _receive(message.Payload);
        using (var listen = new NpgsqlCommand($"LISTEN {_schema}", connection)) listen.ExecuteNonQuery();
        // What happened before this moment was not heard.
        _receive(null);
        _isFailing = false;
        using var check = new NpgsqlCommand("SELECT 1", connection);
        while (!_stopping.IsSet)
        {
            // A connection that only waits would not notice that the other end is gone.
            if (!connection.Wait(CheckMilliseconds)) check.ExecuteNonQuery();
        }
    }
}
