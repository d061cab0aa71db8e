using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Farm.Tests.Store.Engine;

/// <summary>The single writer (Docs/design.md section 3, "Writes").</summary>
public sealed class WriteQueueTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public WriteQueueTests() => _farm = new StoreFarm(_directory["farm"]);

    private FarmStore Store => _farm.Store;

    private long Tags => Store.Read(db => db.Number("SELECT count(*) FROM tags"));

    [SqliteFact]
    public async Task Only_the_operation_that_throws_is_rolled_back()
    {
        var hold = Hold();
        var before = AddAsync("before");
        var failing = Store.WriteAsync<int>(tx =>
        {
            Insert(tx.Db, "undone");
            throw FarmException.Conflict("no");
        });
        var after = AddAsync("after");
        hold.Set();

        await Task.WhenAll(before, after);
        await Assert.ThrowsAsync<FarmException>(() => failing);
        Assert.Equal(["after", "before"], Store.Read(db => db.All("SELECT name FROM tags ORDER BY name", row => row.GetString(0))));
    }

    [SqliteFact]
    public async Task A_constraint_violation_fails_only_its_own_operation()
    {
        var hold = Hold();
        var first = AddAsync("same");
        var second = AddAsync("same");
        var third = AddAsync("other");
        hold.Set();
        await Task.WhenAll(first, third);
        await Assert.ThrowsAsync<SqliteException>(() => second);
        Assert.Equal(2, Tags);
    }

    [SqliteFact]
    public async Task Waiting_operations_are_committed_together()
    {
        var before = Store.Read(db => db.Number("PRAGMA data_version"));
        var hold = Hold();
        var all = Enumerable.Range(0, 100).Select(i => AddAsync($"t{i}")).ToList();
        Assert.Equal(0, Tags);
        hold.Set();
        await Task.WhenAll(all);
        Assert.Equal(100, Tags);
        // At most two commits: the operation that held the writer, and the ones that waited.
        Assert.InRange(Store.Read(db => db.Number("PRAGMA data_version")) - before, 1, 2);
    }

    [SqliteFact]
    public async Task Events_are_published_after_the_commit_and_not_after_a_rollback()
    {
        using var stop = new CancellationTokenSource();
        var listener = _farm.Events.ListenAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = listener.MoveNextAsync();
        var undone = Store.WriteAsync<int>(tx =>
        {
            tx.Publish(new FarmEvent(FarmEventKind.Job, Guid.NewGuid()));
            throw FarmException.Conflict("no");
        });
        var job = Guid.NewGuid();
        await Store.WriteAsync(tx =>
        {
            Insert(tx.Db, "told");
            tx.Publish(new FarmEvent(FarmEventKind.Job, job));
        });

        await Assert.ThrowsAsync<FarmException>(() => undone);
        Assert.True(await next);
        Assert.Equal(job, listener.Current.Job);
        Assert.Equal(1, Tags);
    }

    [SqliteFact]
    public async Task A_write_is_acknowledged_even_if_an_after_commit_callback_fails()
    {
        await Store.WriteAsync(tx =>
        {
            Insert(tx.Db, "kept");
            tx.AfterCommit(() => throw new InvalidOperationException("a listener"));
        });
        Assert.Equal(1, Tags);
        await AddAsync("next");
    }

    [SqliteFact]
    public async Task A_full_disk_fails_the_whole_group_of_writes_and_later_writes_succeed()
    {
        await Store.WriteAsync(tx => tx.Db.Execute("PRAGMA max_page_count = 1"));
        var hold = Hold();
        var small = AddAsync("small");
        var big = Store.WriteAsync(tx => Insert(tx.Db, new string('x', 1 << 20)));
        hold.Set();
        foreach (var refused in new[] { small, big })
            Assert.Equal(ErrorKind.Unavailable, (await Assert.ThrowsAsync<FarmException>(() => refused)).Kind);
        Assert.Equal(0, Tags);

        await Store.WriteAsync(tx => tx.Db.Execute("PRAGMA max_page_count = 1073741823"));
        await Store.WriteAsync(tx => Insert(tx.Db, new string('x', 1 << 20)));
        Assert.Equal(1, Tags);
    }

    [SqliteFact]
    public async Task A_failed_commit_fails_the_whole_group_of_writes_and_the_next_write_succeeds()
    {
        var hold = Hold();
        var first = AddAsync("first");
        // A deferred foreign key is checked only at COMMIT.
        var breaking = Store.WriteAsync(tx =>
        {
            tx.Db.Execute("PRAGMA defer_foreign_keys = ON");
            tx.Db.Execute("INSERT INTO worker_tags (worker_id, tag_id) VALUES (4711, 4711)");
        });
        hold.Set();
        await Assert.ThrowsAsync<FarmException>(() => first);
        await Assert.ThrowsAsync<FarmException>(() => breaking);
        Assert.Equal(0, Tags);
        await AddAsync("next");
        Assert.Equal(1, Tags);
    }

    [SqliteFact]
    public async Task Waiting_writes_finish_when_the_farm_stops_and_later_ones_are_rejected()
    {
        var hold = Hold();
        var waiting = AddAsync("waiting");
        var stopping = Store.DisposeAsync();
        hold.Set();
        await waiting;
        await stopping;
        await Assert.ThrowsAsync<FarmException>(() => AddAsync("late"));
        await using var again = new StoreFarm(_directory["farm"]);
        Assert.Equal(1, again.Number("SELECT count(*) FROM tags"));
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Blocks the writer until released, so that later operations queue up.</summary>
    private ManualResetEventSlim Hold()
    {
        var started = new ManualResetEventSlim();
        var hold = new ManualResetEventSlim();
        _ = Store.WriteAsync(_ =>
        {
            started.Set();
            hold.Wait();
        });
        started.Wait();
        return hold;
    }

    private Task AddAsync(string name) => Store.WriteAsync(tx => Insert(tx.Db, name));

    private static void Insert(StoreSession db, string name) =>
        db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, $2)", Guid.NewGuid(), name);
}
