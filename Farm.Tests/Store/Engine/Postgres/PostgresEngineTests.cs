using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Tests.Store.Engine.Conformance;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Store.Engine.Postgres;

/// <summary>What only PostgreSQL can do wrong (Docs/postgresql.md).</summary>
public sealed class PostgresEngineTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    [PostgresFact]
    public async Task A_second_server_on_the_same_database_is_rejected_and_the_first_continues()
    {
        await using var first = Open("one", TestDatabase.Postgres(_temporary["shared"]));
        var rejected = Assert.Throws<StoreException>(() => Open("two", TestDatabase.Postgres(_temporary["shared"])));
        Assert.StartsWith("Another server is using the database", rejected.Message);
        await AddAsync(first, "still writable");
    }

    [PostgresFact]
    public async Task A_database_can_be_used_again_after_the_server_stopped()
    {
        await using (var first = Open("one", TestDatabase.Postgres(_temporary["shared"]))) await AddAsync(first, "a");
        await using var second = Open("two", TestDatabase.Postgres(_temporary["shared"]));
        Assert.Equal(1, second.Read(db => db.Number("SELECT count(*) FROM tags")));
    }

    [PostgresFact]
    public async Task Lost_connections_are_replaced_without_a_failure()
    {
        await using var farm = new EngineStore("postgres");
        await farm.AddTagAsync("before");
        Assert.Single(farm.Tags);
        Assert.InRange(farm.LoseConnections(), 2, 18);
        Assert.Single(farm.Tags);
        await farm.AddTagAsync("after");
        Assert.Equal(["after", "before"], farm.Tags);
    }

    [PostgresFact]
    public async Task A_connection_lost_during_a_write_fails_its_operations_and_saves_nothing()
    {
        await using var farm = new EngineStore("postgres");
        var failed = await Assert.ThrowsAsync<FarmException>(() => farm.Store.WriteAsync(tx =>
        {
            EngineStore.AddTag(tx.Db, "lost");
            farm.LoseConnections();
            EngineStore.AddTag(tx.Db, "never");
        }));
        Assert.Equal(ErrorKind.Unavailable, failed.Kind);
        await farm.AddTagAsync("after");
        Assert.Equal(["after"], farm.Tags);
    }

    [PostgresFact]
    public async Task A_commit_that_fails_does_not_stop_the_writer()
    {
        await using var farm = new EngineStore("postgres");
        await farm.Store.WriteAsync(tx => tx.Db.Execute("CREATE TABLE late (id BIGINT REFERENCES tags (id) DEFERRABLE INITIALLY DEFERRED)"));
        await Assert.ThrowsAsync<FarmException>(() => farm.Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO late VALUES (1)")));
        await farm.AddTagAsync("after");
        Assert.Equal(["after"], farm.Tags);
    }

    [PostgresFact]
    public void Tables_of_another_program_are_rejected()
    {
        var address = TestDatabase.Postgres(_temporary["foreign"]);
        var schema = address[(address.LastIndexOf('=') + 1)..];
        TestDatabase.Run($"CREATE SCHEMA {schema}");
        TestDatabase.Run($"CREATE TABLE {schema}.other (id BIGINT)");
        Assert.Contains("tables that are not a farm's", Assert.Throws<StoreException>(() => Open("one", address)).Message);
    }

    [PostgresFact]
    public async Task A_newer_schema_is_rejected()
    {
        var address = TestDatabase.Postgres(_temporary["newer"]);
        await Open("one", address).DisposeAsync();
        TestDatabase.Run($"UPDATE {address[(address.LastIndexOf('=') + 1)..]}.farm_schema SET version = 999");
        Assert.Contains("newer version (schema 999;", Assert.Throws<StoreException>(() => Open("one", address)).Message);
    }

    [PostgresFact]
    public void A_protocol_without_tables_for_PostgreSQL_is_named()
    {
        ModuleSchema[] modules = [.. ProtocolSchemas.All, new ModuleSchema("toy", [new Migration(1, "CREATE TABLE toys (id INTEGER PRIMARY KEY) STRICT")])];
        var rejected = Assert.Throws<StoreException>(() => Open("one", TestDatabase.Postgres(_temporary["toy"]), modules));
        Assert.StartsWith("toy cannot use PostgreSQL", rejected.Message);
    }

    [PostgresFact]
    public void A_missing_database_is_reported_with_the_command_that_creates_it()
    {
        var address = new UriBuilder(TestDatabase.Postgres(_temporary["none"])) { Path = "no_such_database" }.Uri.ToString();
        Assert.EndsWith("create it with: createdb no_such_database", Assert.Throws<StoreException>(() => Open("one", address)).Message);
    }

    [Fact]
    public void An_unreachable_server_is_reported_without_the_password()
    {
        var rejected = Assert.Throws<StoreException>(() => Open("one", "postgres://farm:s3cret@127.0.0.1:1/farm"));
        Assert.StartsWith("Cannot use the database \"farm\" on 127.0.0.1:1: ", rejected.Message);
        Assert.DoesNotContain("s3cret", rejected.Message);
    }

    public void Dispose() => _temporary.Dispose();

    private static Task AddAsync(FarmStore store, string name) => store.WriteAsync(tx => EngineStore.AddTag(tx.Db, name));

    private FarmStore Open(string directory, string database, IReadOnlyList<ModuleSchema>? modules = null) => FarmStore.Open(
        new DataDirectory(_temporary[directory]), TimeProvider.System, new FarmEvents(), NullLogger.Instance, modules ?? ProtocolSchemas.All, database: database);
}
