using Farm.Server.Domain;
using Npgsql;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>
/// PostgreSQL. One server uses a database at a time: the connection of its writer holds a lock for as long as it lives, and nothing is written
/// through another.
/// </summary>
internal sealed class PostgresEngine : IStoreEngine
{
    /// <summary>The oldest supported server version.</summary>
    public const int OldestServer = 13;

    private const int Readers = 16;
    private const int AutoPrepared = 1000;
    private const int CommandSeconds = 30;
    private const int KeepAliveSeconds = 5;

    // "FARM" in ASCII, so that the lock is not that of another program.
    private const int LockClass = 0x4641524D;

    // A server that stops in the middle of a write must not keep its locks.
    private const string WriterOptions =
        "-c idle_in_transaction_session_timeout=30000 -c lock_timeout=10000 -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";
    private const string ReaderOptions = "-c default_transaction_read_only=on";

    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly NpgsqlDataSource _writers;
    private readonly NpgsqlDataSource _readers;
    private PostgresSession? _first;

    private PostgresEngine(NpgsqlConnectionStringBuilder address)
    {
        _address = address;
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
    public string Unwritable => "the database cannot be reached or is full; nothing was saved. Retry later";

    /// <inheritdoc/>
    public string Unreadable => "the database cannot be reached; retry later";

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
        var engine = new PostgresEngine(settings);
        try
        {
            var connection = engine.OpenLocked();
            engine._first = new PostgresSession(connection);
            log.LogInformation(
                "Database: {Database} on {Host}:{Port}, PostgreSQL {Version}", settings.Database, settings.Host, settings.Port, connection.ServerVersion);
            if (connection.PostgreSqlVersion.Major < OldestServer)
                throw new StoreException($"PostgreSQL {connection.PostgreSqlVersion} is too old; version {OldestServer} or newer is required.");
            new PostgresMigration(connection, settings.SearchPath!, schema).Run(log);
            return engine;
        }
        catch (Exception failure)
        {
            engine.Dispose();
            if (failure is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException) throw PostgresErrors.WhyNotOpened(settings, failure);
            throw;
        }
    }

    /// <inheritdoc/>
    public StoreSession OpenWriter() => Interlocked.Exchange(ref _first, null) ?? new PostgresSession(OpenLocked());

    /// <inheritdoc/>
    public StoreSession OpenReader()
    {
        try
        {
            return new PostgresSession(_readers.OpenConnection());
        }
        catch (NpgsqlException failure)
        {
            throw new FarmException(ErrorKind.Unavailable, Unreadable, failure);
        }
    }

    /// <inheritdoc/>
    public long WriteBackup(string file) => throw FarmException.Conflict("the farm is in PostgreSQL; back it up with pg_dump");

    /// <inheritdoc/>
    public void Dispose()
    {
        _first?.Dispose();
        _writers.Dispose();
        _readers.Dispose();
    }

    private NpgsqlConnection OpenLocked()
    {
        var connection = _writers.OpenConnection();
        try
        {
            using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockClass}, hashtext('{_address.SearchPath}'))", connection);
            if (command.ExecuteScalar() is true) return connection;
            throw new StoreException($"Another server is using the database \"{_address.Database}\" on {_address.Host}:{_address.Port}; stop it first.");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder address, string options, int connections) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(address.ConnectionString)
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
            KeepAlive = KeepAliveSeconds,
            IncludeErrorDetail = false,
        });
}
