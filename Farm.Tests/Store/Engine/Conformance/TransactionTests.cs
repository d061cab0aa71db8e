using System.Data.Common;
using Dapper;
using Farm.Server.Domain;
using Farm.Server.Domain.Events;

namespace Farm.Tests.Store.Engine.Conformance;

/// <summary>What operations may assume of a transaction, on every engine (Docs/design.md section 3, "Writes").</summary>
public sealed class TransactionTests
{
    public static TheoryData<string> Engines => EngineStore.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_completed_write_is_there_after_a_restart(string engine)
    {
        await using var farm = new EngineStore(engine);
        await farm.AddTagAsync("kept");
        await farm.ReopenAsync();
        Assert.Equal(["kept"], farm.Tags);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Only_the_operation_that_throws_is_undone(string engine)
    {
        await using var farm = new EngineStore(engine);
        using var hold = Hold(farm);
        var before = farm.AddTagAsync("before");
        var failing = farm.Store.WriteAsync(tx =>
        {
            EngineStore.AddTag(tx.Db, "undone");
            throw FarmException.Conflict("no");
        });
        var nothing = farm.Store.WriteAsync(_ => throw FarmException.Conflict("at once"));
        var after = farm.AddTagAsync("after");
        hold.Set();
        await Task.WhenAll(before, after);
        await Assert.ThrowsAsync<FarmException>(() => failing);
        await Assert.ThrowsAsync<FarmException>(() => nothing);
        Assert.Equal(["after", "before"], farm.Tags);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_statement_that_fails_undoes_only_its_own_operation(string engine)
    {
        await using var farm = new EngineStore(engine);
        using var hold = Hold(farm);
        var first = farm.AddTagAsync("same");
        var second = farm.Store.WriteAsync(tx =>
        {
            EngineStore.AddTag(tx.Db, "undone");
            EngineStore.AddTag(tx.Db, "same");
        });
        var third = farm.AddTagAsync("third");
        hold.Set();
        await Task.WhenAll(first, third);
        await Assert.ThrowsAnyAsync<DbException>(() => second);
        Assert.Equal(["same", "third"], farm.Tags);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_operation_sees_what_those_before_it_wrote(string engine)
    {
        await using var farm = new EngineStore(engine);
        using var hold = Hold(farm);
        var add = farm.AddTagAsync("a");
        var count = farm.Store.WriteAsync(tx => tx.Db.Number("SELECT count(*) FROM tags"));
        hold.Set();
        await add;
        Assert.Equal(1, await count);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_read_does_not_see_a_write_before_its_commit_and_keeps_its_snapshot(string engine)
    {
        await using var farm = new EngineStore(engine);
        await farm.AddTagAsync("a");
        await farm.Store.WriteAsync(tx =>
        {
            EngineStore.AddTag(tx.Db, "b");
            Assert.Equal(["a"], farm.Tags);
        });
        await farm.Store.Read(async db =>
        {
            Assert.Equal(2, db.Number("SELECT count(*) FROM tags"));
            farm.AddTagAsync("c").Wait();
            Assert.Equal(2, db.Number("SELECT count(*) FROM tags"));
            await Task.CompletedTask;
        });
        Assert.Equal(["a", "b", "c"], farm.Tags);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_read_cannot_write(string engine)
    {
        await using var farm = new EngineStore(engine);
        Assert.ThrowsAny<DbException>(() => farm.Store.Read(db => db.Execute("DELETE FROM tags")));
        Assert.ThrowsAny<DbException>(() => farm.Store.Read(db => db.Connection.Execute("DELETE FROM tags")));
        Assert.Empty(farm.Tags);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_failed_read_does_not_affect_later_reads(string engine)
    {
        await using var farm = new EngineStore(engine);
        Assert.ThrowsAny<DbException>(() => farm.Store.Read(db => db.Number("SELECT nothing FROM nowhere")));
        Assert.Throws<FarmException>(() => farm.Store.Read<int>(_ => throw FarmException.NotFound("x")));
        Assert.Empty(farm.Tags);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Events_are_published_after_the_commit_and_not_for_undone_operations(string engine)
    {
        await using var farm = new EngineStore(engine);
        var committed = 0;
        await Assert.ThrowsAsync<FarmException>(() => farm.Store.WriteAsync(tx =>
        {
            tx.Publish(new FarmEvent(FarmEventKind.Job, Guid.NewGuid()));
            tx.AfterCommit(() => committed = -1);
            throw FarmException.Conflict("no");
        }));
        await farm.Store.WriteAsync(tx =>
        {
            EngineStore.AddTag(tx.Db, "a");
            tx.AfterCommit(() => committed += farm.Tags.Count);
        });
        Assert.Equal(1, committed);
    }

    /// <summary>Holds the writer, so that the operations that follow share one transaction.</summary>
    private static ManualResetEventSlim Hold(EngineStore farm)
    {
        var hold = new ManualResetEventSlim();
        var held = new ManualResetEventSlim();
        _ = farm.Store.WriteAsync(_ =>
        {
            held.Set();
            hold.Wait();
        });
        held.Wait();
        return hold;
    }
}
