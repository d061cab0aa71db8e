using System.Runtime.CompilerServices;
using Farm.Server.Domain.Jobs;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// Prepared statements of one connection, each made once and kept. Parameters are written <c>$1</c>, <c>$2</c> … in the SQL and given in that order.
/// Not for use by two threads at once. It speaks to SQLite beneath the ADO.NET classes, whose commands and readers cost more than most of the
/// statements that they run.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private const int BusyMilliseconds = 30_000;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _db;
    private readonly Dictionary<string, Prepared> _prepared = [];

    /// <summary>The same by the identity of the text, which for a constant is always the same object: long texts are slow to compare.</summary>
    private readonly Dictionary<string, Prepared> _constants = new(new ByIdentity());

    /// <summary>Takes an open connection.</summary>
    public SqliteSession(SqliteConnection connection)
    {
        _connection = connection;
        _db = connection.Handle!;
        raw.sqlite3_busy_timeout(_db, BusyMilliseconds);
    }

    /// <summary>The connection that the statements belong to.</summary>
    public SqliteConnection Connection => _connection;

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    /// <summary>Runs a statement and returns the number of rows that it changed.</summary>
    /// <exception cref="SqliteException">The statement failed; what it changed is undone.</exception>
    public int Execute(string sql, params ReadOnlySpan<object?> parameters)
    {
        var statement = Bind(sql, parameters);
        try
        {
            while (Step(statement))
            {
                // Rows of a pragma or a RETURNING that nobody wants.
            }

            return raw.sqlite3_changes(_db);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Runs an INSERT and returns the id of the new row.</summary>
    /// <exception cref="SqliteException">The statement failed; what it changed is undone.</exception>
    public long Insert(string sql, params ReadOnlySpan<object?> parameters)
    {
        Execute(sql, parameters);
        return raw.sqlite3_last_insert_rowid(_db);
    }

    /// <summary>The first row, or the default value when there is none.</summary>
    public T? First<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<object?> parameters)
    {
        var statement = Bind(sql, parameters);
        try
        {
            return Step(statement) ? read(new SqliteRow(statement)) : default;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>All rows.</summary>
    public List<T> All<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<object?> parameters)
    {
        var statement = Bind(sql, parameters);
        try
        {
            var rows = new List<T>();
            while (Step(statement)) rows.Add(read(new SqliteRow(statement)));
            return rows;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The integer in the first column of the first row; 0 when there is no row or it is null.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> parameters) => First(sql, static row => row.GetInt64(0), parameters);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var prepared in _prepared.Values) prepared.Statement.Dispose();
        _prepared.Clear();
        _constants.Clear();
    }

    private sqlite3_stmt Bind(string sql, ReadOnlySpan<object?> parameters)
    {
        var (statement, numbers) = Find(sql);
        for (var i = 0; i < numbers.Length; i++) Bind(statement, i + 1, parameters[numbers[i] - 1]);
        return statement;
    }

    private Prepared Find(string sql)
    {
        if (_constants.TryGetValue(sql, out var known)) return known;
        if (!_prepared.TryGetValue(sql, out var prepared)) _prepared.Add(sql, prepared = Prepare(sql));
        if (ReferenceEquals(string.IsInterned(sql), sql)) _constants.Add(sql, prepared);
        return prepared;
    }

    private Prepared Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        var numbers = new int[raw.sqlite3_bind_parameter_count(statement)];
        // SQLite counts named parameters in the order in which they appear.
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = int.Parse(raw.sqlite3_bind_parameter_name(statement, i + 1).utf8_to_string().AsSpan(1));
        return new Prepared(statement, numbers);
    }

    private void Bind(sqlite3_stmt statement, int index, object? value) => Check(value switch
    {
        null => raw.sqlite3_bind_null(statement, index),
        long number => raw.sqlite3_bind_int64(statement, index, number),
        int number => raw.sqlite3_bind_int64(statement, index, number),
        string text => raw.sqlite3_bind_text(statement, index, text),
        Guid uuid => Bind(statement, index, uuid),
        byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
        bool flag => raw.sqlite3_bind_int64(statement, index, flag ? 1 : 0),
        TaskStatus status => raw.sqlite3_bind_int64(statement, index, (long)status),
        JobStatus status => raw.sqlite3_bind_int64(statement, index, (long)status),
        double number => raw.sqlite3_bind_double(statement, index, number),
        Enum other => raw.sqlite3_bind_int64(statement, index, Convert.ToInt64(other)),
        _ => throw new ArgumentException($"a {value.GetType()} cannot be stored"),
    });

    private static int Bind(sqlite3_stmt statement, int index, Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return raw.sqlite3_bind_blob(statement, index, bytes);
    }

    private bool Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        if (result is not raw.SQLITE_ROW and not raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, _db);
        return result == raw.SQLITE_ROW;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, _db);
    }

    /// <param name="Statement">The statement.</param>
    /// <param name="Numbers">For each parameter as SQLite counts them, its number in the text.</param>
    private readonly record struct Prepared(sqlite3_stmt Statement, int[] Numbers);

    private sealed class ByIdentity : IEqualityComparer<string>
    {
        public bool Equals(string? a, string? b) => ReferenceEquals(a, b);

        public int GetHashCode(string text) => RuntimeHelpers.GetHashCode(text);
    }
}
