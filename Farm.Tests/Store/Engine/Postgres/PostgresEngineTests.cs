using System.Diagnostics;
using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Postgres;
using Farm.Tests.Drills.Managers;
using Farm.Tests.Store.Engine.Conformance;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Store.Engine.Postgres;

/// <summary>What only PostgreSQL can do wrong (Docs/postgresql.md).</summary>
public sealed class PostgresEngineTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    [PostgresFact]
    public async Task Managers_that_start_together_make_the_tables_once()
    {
        var address = TestDatabase.Postgres(_temporary["shared"]);
        var stores = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Run(() => Open($"manager {number}", address))));
        foreach (var store in stores) await AddAsync(store, store.Manager.ToString());
        foreach (var store in stores)
        {
            Assert.Equal(3, store.Read(db => db.Number("SELECT count(*) FROM tags")));
            await store.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task Operations_of_several_managers_run_one_at_a_time()
    {
        var address = TestDatabase.Postgres(_temporary["shared"]);
        await using var first = Open("one", address);
        await using var second = Open("two", address);
        await AddAsync(first, "0");
        // Each reads what is there and writes one more: an operation that ran beside another would write a number again.
        await Task.WhenAll(Enumerable.Range(0, 100).SelectMany(_ => new[] { CountAsync(first), CountAsync(second) }));
        Assert.Equal(1, first.Read(db => db.Number("SELECT count(*) FROM tags WHERE name = '200'")));

        static Task CountAsync(FarmStore store) => store.WriteAsync(tx =>
        {
            var name = tx.Db.First("SELECT name FROM tags", row => row.GetString(0))!;
            tx.Db.Execute("UPDATE tags SET name = $1", (int.Parse(name) + 1).ToString());
        });
    }

    [PostgresFact]
    public async Task A_newer_manager_does_not_change_the_tables_under_running_ones()
    {
        var address = TestDatabase.Postgres(_temporary["shared"]);
        await using var running = Open("one", address);
        ModuleSchema[] newer = [.. ProtocolSchemas.All, new ModuleSchema("toy", [new Migration(1, "", "CREATE TABLE toys (id BIGINT)")])];
        var rejected = Assert.Throws<StoreException>(() => Open("two", address, newer));
        Assert.StartsWith("The database is of an older version, and managers of that version use it", rejected.Message);
        await running.DisposeAsync();
        await using var alone = Open("two", address, newer);
        await AddAsync(alone, "upgraded");
    }

    [PostgresFact]
    public async Task Reads_fail_soon_while_the_database_hangs_and_succeed_when_it_answers_again()
    {
        var direct = TestDatabase.Postgres(_temporary["shared"]);
        var settings = PostgresAddress.Read(direct);
        // Forwards to this machine.
        if (settings.Host is not ("localhost" or "127.0.0.1")) return;
        using var proxy = new DatabaseProxy(settings.Port);
        await using var store = Open("one", direct.Replace($"{settings.Host}:{settings.Port}", new Uri(proxy.Database).Authority.Split('@')[^1]));
        await AddAsync(store, "before");
        proxy.Cut();
        var hanging = Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(() => Record.Exception(() => Count(store)), TaskCreationOptions.LongRunning)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(1));
        var asked = Stopwatch.GetTimestamp();
        Assert.Equal(ErrorKind.Unavailable, Assert.Throws<FarmException>(() => Count(store)).Kind);
        // A command that hangs is given up after 10 s.
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(7));
        proxy.Heal();
        await Task.WhenAll(hanging);
        Assert.Equal(1, Count(store));

        static long Count(FarmStore store) => store.Read(db => db.Number("SELECT count(*) FROM tags"));
    }

    [PostgresFact]
    public async Task A_manager_that_stops_in_the_middle_of_a_write_loses_it_and_the_others_go_on()
    {
        var address = TestDatabase.Postgres(_temporary["shared"]);
        await using var stopped = Open("one", address);
        await using var other = Open("two", address);
        using var woken = new ManualResetEventSlim();
        var started = new TaskCompletionSource();
        var lost = stopped.WriteAsync(tx =>
        {
            EngineStore.AddTag(tx.Db, "lost");
            started.SetResult();
            woken.Wait();
        });
        await started.Task;
        await AddAsync(other, "other");
        woken.Set();
        Assert.Equal(ErrorKind.Unavailable, (await Assert.ThrowsAsync<FarmException>(() => lost)).Kind);
        await AddAsync(stopped, "again");
        Assert.Equal(["again", "other"], other.Read(db => db.All("SELECT name FROM tags ORDER BY name", row => row.GetString(0))));
    }

    [PostgresFact]
    public async Task Events_reach_the_other_managers_and_come_back_to_none()
    {
        var address = TestDatabase.Postgres(_temporary["shared"]);
        var (events, others) = (new FarmEvents(), new FarmEvents());
        using var stop = new CancellationTokenSource();
        var own = events.ListenAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var received = others.ListenAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var (firstOwn, firstReceived) = (own.MoveNextAsync(), received.MoveNextAsync());
        await using var first = Open("one", address, events: events);
        await using var second = Open("two", address, events: others);
        // Each says when it listens.
        var listens = new FarmEvent(FarmEventKind.Missed);
        Assert.Equal([listens], await UntilAsync(own, firstOwn, listens));
        Assert.Equal([listens], await UntilAsync(received, firstReceived, listens));
        var sent = new FarmEvent(FarmEventKind.Task, Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var last = new FarmEvent(FarmEventKind.JobTypes);
        await first.WriteAsync(tx => tx.Publish(sent));
        Assert.Equal([sent], await UntilAsync(received, received.MoveNextAsync(), sent));
        await second.WriteAsync(tx => tx.Publish(last));
        Assert.Equal([sent, last], await UntilAsync(own, own.MoveNextAsync(), last));
        await stop.CancelAsync();
    }

    /// <summary>The events up to one.</summary>
    private static async Task<List<FarmEvent>> UntilAsync(IAsyncEnumerator<FarmEvent> events, ValueTask<bool> next, FarmEvent last)
    {
        var received = new List<FarmEvent>();
        while (await next)
        {
            received.Add(events.Current);
            if (events.Current == last) break;
            next = events.MoveNextAsync();
        }

        return received;
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

    private FarmStore Open(string directory, string database, IReadOnlyList<ModuleSchema>? modules = null, FarmEvents? events = null) => FarmStore.Open(
        new DataDirectory(_temporary[directory]), TimeProvider.System, events ?? new FarmEvents(), NullLogger.Instance, modules ?? ProtocolSchemas.All, database: database);
}
