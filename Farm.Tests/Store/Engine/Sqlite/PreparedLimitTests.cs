using Farm.Server.Store.Engine.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Farm.Tests.Store.Engine.Sqlite;

/// <summary>SQLite may prepare a statement again when a parameter is bound; a hot query then takes five times as long.</summary>
public sealed class PreparedLimitTests : IDisposable
{
    // Of sqlite3_stmt_status (https://sqlite.org/c3ref/c_stmtstatus_counter.html): how often a statement was prepared again.
    private const int Reprepares = 5;

    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly SqliteSession _session;

    public PreparedLimitTests()
    {
        _connection.Open();
        _connection.Handle!.enable_sqlite3_next_stmt(true);
        _session = new SqliteSession(_connection);
        _session.Execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY)");
        for (var number = 1; number <= 9; number++) _session.Execute("INSERT INTO numbers (number) VALUES ($1)", number);
    }

    [Theory]
    [InlineData("SELECT number FROM numbers ORDER BY number LIMIT $1 OFFSET $2")]
    [InlineData("SELECT number FROM (SELECT number FROM numbers ORDER BY number LIMIT $1 OFFSET $2) AS part ORDER BY number")]
    public void A_limit_that_is_a_parameter_does_not_prepare_the_statement_again(string sql)
    {
        for (var skip = 0; skip < 5; skip++) Assert.Equal([skip + 1, skip + 2], _session.All(sql, row => row.GetInt64(0), 2, skip));
        Assert.Equal(0, Reprepared());
    }

    public void Dispose() => _session.Dispose();

    private int Reprepared()
    {
        var total = 0;
        for (var statement = raw.sqlite3_next_stmt(_connection.Handle, null); statement is { IsInvalid: false }; statement = raw.sqlite3_next_stmt(_connection.Handle, statement))
            total += raw.sqlite3_stmt_status(statement, Reprepares, 0);
        return total;
    }
}
