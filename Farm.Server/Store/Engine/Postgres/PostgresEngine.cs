using Farm.Server.Domain;
using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>
/// PostgreSQL, for several managers at once. Of all their transactions that write, one runs at a time (<see cref="PostgresLocks"/>), so operations
/// may assume what they may assume with SQLite; each manager writes many operations in one. A manager that stops in the middle of a transaction
/// loses it after a few seconds, and can save nothing of it when it goes on.
/// </summary>
internal sealed class PostgresEngine : IStoreEngine
{
    /// <summary>The oldest supported server version.</summary>
    public const int OldestServer = 13;

    private const int Readers = 16;

    // The readers, the writer, and the one that listens.
    private const int ConnectionsPerManager = Readers + 2;
    private const int AutoPrepared = 1000;
    private const int CommandSeconds = 10;
    private const int KeepAliveSeconds = 5;

    // A manager that stops in the middle of a write must not keep the others waiting: with the patience of clients, writes must succeed again
    // within 5 s. The wait for the lock is longer than that.
    private const string WriterOptions = "-c idle_in_transaction_session_timeout=2000 -c lock_timeout=6000 " + KeepAliveOptions;
    private const string ReaderOptions = "-c default_transaction_read_only=on -c idle_in_transaction_session_timeout=60000 " + KeepAliveOptions;
    private const string KeepAliveOptions = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly Schema _schema;
    private readonly ILogger _log;
    private readonly PostgresLocks _locks;
    private readonly NpgsqlDataSource _writers;
    private readonly NpgsqlDataSource _readers;
    private PostgresSession? _first;

    private PostgresEngine(NpgsqlConnectionStringBuilder address, Schema schema, ILogger log)
    {
        (_address, _schema, _log) = (address, schema, log);
        _locks = new PostgresLocks(address.SearchPath!);
        _writers = Source(address, WriterOptions, 0);
        _readers = Source(address, ReaderOptions, Readers);
    }

    /// <inheritdoc/>
    public long LogBytes => 0;

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public int MaxReaders => Readers;

    /// <inheritdoc/>
    public string Unwritable(Exception failure) => $"{PostgresErrors.WhyUnavailable(failure)}; nothing was saved. Retry later";

    /// <inheritdoc/>
    public string Unreadable(Exception? failure) => $"{PostgresErrors.WhyUnavailable(failure)}; retry later";

    /// <inheritdoc/>
    public string Advice => "Check the PostgreSQL server, its disk and the network.";

    /// <summary>Connects to a database and creates or migrates the tables if needed.</summary>
    /// <param name="address">See <see cref="PostgresAddress"/>.</param>
    /// <param name="log">The log.</param>
    /// <param name="schema">The migrations of this build.</param>
    /// <exception cref="StoreException">The database cannot be used; the message says why and what to do.</exception>
    public static PostgresEngine Open(string address, ILogger log, Schema schema)
    {
        var settings = PostgresAddress.Read(address);
        var engine = new PostgresEngine(settings, schema, log);
        try
        {
            var connection = engine._writers.OpenConnection();
            engine._first = new PostgresSession(connection, settings.SearchPath!, isWriter: true);
            log.LogInformation(
                "Database: {Database} on {Host}:{Port}, PostgreSQL {Version}", settings.Database, settings.Host, settings.Port, connection.ServerVersion);
            RequireVersion(connection);
            PostgresLimits.Check(connection, ConnectionsPerManager);
            engine.Join(connection);
            return engine;
        }
        catch (Exception failure)
        {
            engine.Dispose();
            if (PostgresErrors.IsUnreachable(failure)) throw PostgresErrors.WhyNotOpened(settings, failure);
            throw;
        }
    }

    /// <summary>Requires a supported server version.</summary>
    /// <exception cref="StoreException">The server is too old.</exception>
    public static void RequireVersion(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < OldestServer)
            throw new StoreException($"PostgreSQL {connection.PostgreSqlVersion} is too old; version {OldestServer} or newer is required.");
    }

    /// <inheritdoc/>
    public StoreSession OpenWriter()
    {
        if (Interlocked.Exchange(ref _first, null) is { } first) return first;
        var connection = _writers.OpenConnection();
        try
        {
            if (!_locks.TryJoin(connection)) throw new StoreException("The database is being upgraded, or the farm is being moved.");
            // Meanwhile, a newer manager may have upgraded it.
            new PostgresMigration(connection, _address.SearchPath!, _schema).Run(isAlone: false, _log);
            return new PostgresSession(connection, _address.SearchPath!, isWriter: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public StoreSession OpenReader()
    {
        try
        {
            return new PostgresSession(_readers.OpenConnection(), _address.SearchPath!, isWriter: false);
        }
        catch (Exception failure) when (PostgresErrors.IsUnreachable(failure))
        {
            throw new FarmException(ErrorKind.Unavailable, Unreadable(failure), failure);
        }
    }

    /// <inheritdoc/>
    public IDisposable Listen(Action<string?> receive) => new PostgresListener(_writers, _address.SearchPath!, receive, _log);

    /// <inheritdoc/>
    public long WriteBackup(string file) => throw FarmException.Conflict("the farm is in PostgreSQL; back it up with pg_dump");

    /// <inheritdoc/>
    public void Dispose()
    {
        _first?.Dispose();
        _writers.Dispose();
        _readers.Dispose();
    }

    /// <summary>Upgrades the tables if no other manager runs, then takes part as one.</summary>
    private void Join(NpgsqlConnection connection)
    {
        var isAlone = _locks.TryAlone(connection);
        if (!isAlone) WaitToJoin(connection);
        new PostgresMigration(connection, _address.SearchPath!, _schema).Run(isAlone, _log);
        if (!isAlone) return;
        _locks.TryJoin(connection);
        _locks.EndAlone(connection);
    }

    private void WaitToJoin(NpgsqlConnection connection)
    {
        var hasSaidSo = false;
        while (!_locks.TryJoin(connection))
        {
            if (_locks.IsMoving(connection)) throw new StoreException("The farm is being moved to or from this database; start the server when that is done.");
            if (!hasSaidSo) _log.LogInformation("Waiting: another manager upgrades the database");
            hasSaidSo = true;
            Thread.Sleep(BetweenTries);
        }
    }

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder address, string options, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            // What an administrator of the database sees.
            ApplicationName = address.SearchPath == PostgresAddress.DefaultSchema ? "farm" : $"farm {address.SearchPath}",
            Options = options,
            // Our names are looked up before those of PostgreSQL: lower is ours.
            SearchPath = $"{address.SearchPath},pg_catalog",
            Pooling = connections > 0,
            MaxPoolSize = Math.Max(1, connections),
            MaxAutoPrepare = AutoPrepared,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            CommandTimeout = CommandSeconds,
            // A statement that got no answer for so long is given up together with its connection. Waiting for the database to confirm that would
            // keep a manager away for longer when the network between them has just come back.
            CancellationTimeout = -1,
            KeepAlive = KeepAliveSeconds,
            IncludeErrorDetail = false,
        };
        // All our types are PostgreSQL's own, which Npgsql knows. Reading the catalog for others takes longer than connecting.
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();
    }
}
