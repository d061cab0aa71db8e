using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Store.Engine.Conformance;

/// <summary>A store on a given engine, with a table for the tests.</summary>
internal sealed class EngineStore : IAsyncDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    public EngineStore(string engine)
    {
        Engine = engine;
        Store = Open();
    }

    /// <summary>The engines that can be tested here.</summary>
    public static TheoryData<string> Engines => TestDatabase.WhySkipped is null ? new TheoryData<string>("sqlite", "postgres") : new TheoryData<string>("sqlite");

    public string Engine { get; }

    /// <summary>Ends all PostgreSQL connections of this store, as a restart of the database does; returns their number.</summary>
    public long LoseConnections() => (long)TestDatabase.Run(
        $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'farm {TestDatabase.Postgres(_temporary["farm"]).Split('=')[^1]}'")!;

    public FarmEvents Events { get; } = new();

    public FarmStore Store { get; private set; }

    /// <summary>The names of all tags, sorted.</summary>
    public List<string> Tags => Store.Read(db => db.All("SELECT name FROM tags ORDER BY name", row => row.GetString(0)));

    public Task AddTagAsync(string name) => Store.WriteAsync(tx => AddTag(tx.Db, name));

    public static long AddTag(StoreSession db, string name) =>
        db.Insert("INSERT INTO tags (uuid, name, description) VALUES ($1, $2, $3)", Guid.CreateVersion7(), name, "");

    /// <summary>Closes the store and opens it again.</summary>
    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _temporary.Dispose();
    }

    private FarmStore Open() => FarmStore.Open(
        new DataDirectory(_temporary["farm"]), TimeProvider.System, Events, NullLogger.Instance, ProtocolSchemas.All,
        database: Engine == "postgres" ? TestDatabase.Postgres(_temporary["farm"]) : null);
}
