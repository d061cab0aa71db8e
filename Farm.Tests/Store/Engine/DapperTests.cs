using Dapper;
using Farm.Server.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Farm.Tests.Store.Engine;

/// <summary>Dapper on a session: its transactions, exceptions, and mapping of columns to members by name.</summary>
public sealed class DapperTests : IAsyncDisposableTest
{
    private const string Typed =
        """
        SELECT @uuid AS unique_id, @status AS status, @flag AS is_good, @number AS big_number, @text AS some_text, @bytes AS some_bytes, @share AS share
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public DapperTests() => _farm = new StoreFarm(_directory["farm"]);

    private FarmStore Store => _farm.Store;

    [SqliteFact]
    public async Task Its_writes_are_rolled_back_with_their_operation_only()
    {
        using var hold = new ManualResetEventSlim();
        var first = Store.WriteAsync(_ => hold.Wait());
        var kept = Store.WriteAsync(tx => Insert(tx.Db, "kept"));
        var undone = Store.WriteAsync(tx =>
        {
            Insert(tx.Db, "undone");
            Assert.Equal(2, tx.Db.Number("SELECT count(*) FROM tags"));
            throw FarmException.Conflict("no");
        });
        hold.Set();
        await Task.WhenAll(first, kept);
        await Assert.ThrowsAsync<FarmException>(() => undone);
        Assert.Equal(["kept"], Names());
    }

    [SqliteFact]
    public async Task Dapper_and_prepared_statements_see_each_others_writes_within_a_transaction()
    {
        await Store.WriteAsync(tx =>
        {
            tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, 'by hand')", Guid.NewGuid());
            Assert.Equal(["by hand"], tx.Db.Connection.Query<string>("SELECT name FROM tags"));
            Insert(tx.Db, "by Dapper");
            Assert.Equal(2, tx.Db.Number("SELECT count(*) FROM tags"));
        });
        Assert.Equal(["by Dapper", "by hand"], Names());
    }

    [SqliteFact]
    public async Task A_constraint_violation_throws_the_usual_exception_and_fails_only_its_operation()
    {
        using var hold = new ManualResetEventSlim();
        var first = Store.WriteAsync(_ => hold.Wait());
        var one = Store.WriteAsync(tx => Insert(tx.Db, "same"));
        var two = Store.WriteAsync(tx => Insert(tx.Db, "same"));
        var three = Store.WriteAsync(tx => Insert(tx.Db, "other"));
        hold.Set();
        await Task.WhenAll(first, one, three);
        var error = await Assert.ThrowsAsync<SqliteException>(() => two);
        Assert.Equal(19, error.SqliteErrorCode);
        Assert.False(SqliteErrors.IsDiskFailure(error));
        Assert.Equal(["other", "same"], Names());
    }

    [SqliteFact]
    public async Task A_full_disk_is_a_disk_error_and_writing_recovers_afterwards()
    {
        await Store.WriteAsync(tx => tx.Db.Execute("PRAGMA max_page_count = 1"));
        var refused = await Assert.ThrowsAsync<FarmException>(() => Store.WriteAsync(tx => Insert(tx.Db, new string('x', 1 << 20))));
        Assert.Equal(ErrorKind.Unavailable, refused.Kind);
        Assert.True(SqliteErrors.IsDiskFailure(refused.InnerException!), $"{refused.InnerException}");
        await Store.WriteAsync(tx => tx.Db.Execute("PRAGMA max_page_count = 1073741823"));
        await Store.WriteAsync(tx => Insert(tx.Db, "after"));
        Assert.Equal(["after"], Names());
    }

    [SqliteFact]
    public void A_reader_cannot_write_with_it() =>
        Assert.Throws<SqliteException>(() => Store.Read(db => db.Connection.Execute("DELETE FROM tags")));

    [SqliteFact]
    public void Values_round_trip()
    {
        var (uuid, bytes) = (Guid.NewGuid(), new byte[] { 0, 1, 255 });
        var row = Store.Read(db => db.Connection.QueryFirst<TypedRow>(
            Typed, new { uuid, status = JobStatus.Failed, flag = true, number = long.MaxValue, text = "ä\0\u20AC", bytes, share = 0.25 }));
        Assert.Equal((uuid, JobStatus.Failed, true, long.MaxValue, "ä\0\u20AC", 0.25), (row.UniqueId, row.Status, row.IsGood, row.BigNumber, row.SomeText, row.Share));
        Assert.Equal(bytes, row.SomeBytes);
    }

    [SqliteFact]
    public void Nulls_round_trip_before_and_after_values()
    {
        for (var round = 0; round < 3; round++)
        {
            var empty = Store.Read(db => db.Connection.QueryFirst<TypedRow>(
                Typed, new { uuid = (Guid?)null, status = (JobStatus?)null, flag = (bool?)null, number = (long?)null, text = (string?)null, bytes = (byte[]?)null, share = (double?)null }));
            Assert.Equal(new TypedRow(null, null, null, null, null, null, null), empty);
            Values_round_trip();
        }
    }

    [SqliteFact]
    public void UUIDs_are_stored_as_sixteen_bytes_in_big_endian_order() => Assert.Equal(
        "00112233445566778899AABBCCDDEEFF",
        Store.Read(db => db.Connection.QueryFirst<string>("SELECT hex(@uuid)", new { uuid = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff") })));

    [SqliteFact]
    public void Columns_are_mapped_to_members_by_name_in_any_order()
    {
        var row = Store.Read(db => db.Connection.QueryFirst<TypedRow>("SELECT 'text' AS some_text, 7 AS big_number, 1 AS is_good"));
        Assert.Equal(("text", 7L, true), (row.SomeText, row.BigNumber, row.IsGood));
    }

    [SqliteFact]
    public void A_column_without_a_member_is_rejected()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Store.Read(db => db.Connection.QueryFirst<TypedRow>("SELECT 1 AS something_else")));
        Assert.Equal("TypedRow has no member for the column \"something_else\"", error.Message);
    }

    [SqliteFact]
    public void A_missing_parameter_is_rejected_rather_than_null()
    {
        var error = Assert.Throws<ArgumentException>(() => Store.Read(db => db.Connection.QueryFirst<long>("SELECT @one + @two", new { one = 1 })));
        Assert.Contains("\"two\"", error.Message);
    }

    [SqliteFact]
    public async Task A_number_that_does_not_fit_is_rejected()
    {
        await Store.WriteAsync(tx => tx.Db.Execute("CREATE TABLE numbers (number INTEGER)"));
        await Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO numbers VALUES (4294967297)"));
        Assert.ThrowsAny<Exception>(() => Store.Read(db => db.Connection.QueryFirst<int>("SELECT number FROM numbers")));
        Assert.Equal(4294967297, Store.Read(db => db.Connection.QueryFirst<long>("SELECT number FROM numbers")));
    }

    [SqliteFact]
    public async Task Readers_handle_case_in_all_alphabets()
    {
        await Store.WriteAsync(tx => Insert(tx.Db, "ÄÖ"));
        Assert.Equal("äö", Store.Read(db => db.Connection.QueryFirst<string>("SELECT lower(name) FROM tags")));
    }

    [SqliteFact]
    public void Statements_are_counted()
    {
        var before = Store.StatementsRead;
        Store.Read(db => db.Connection.Query<long>("SELECT 1").Concat(db.Connection.Query<long>("SELECT 2")).ToList());
        // Its own two, and the ones that begin and end the read.
        Assert.Equal(4, Store.StatementsRead - before);
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    private List<string> Names() => Store.Read(db => db.Connection.Query<string>("SELECT name FROM tags ORDER BY name").AsList());

    private static void Insert(StoreSession db, string name) =>
        db.Connection.Execute("INSERT INTO tags (uuid, name) VALUES (@uuid, @name)", new { uuid = Guid.NewGuid(), name });

    private sealed record TypedRow(
        Guid? UniqueId, JobStatus? Status, bool? IsGood, long? BigNumber, string? SomeText, byte[]? SomeBytes, double? Share);
}
