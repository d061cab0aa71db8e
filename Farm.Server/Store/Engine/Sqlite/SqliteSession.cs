using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine.AdoNet;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// A connection with a cache of prepared statements. Hot statements use the methods here, with positional parameters <c>$1</c>, <c>$2</c>
/// …; all others go through Dapper over <see cref="StoreSession.Connection"/>, with named parameters (<c>@job</c>). Not thread-safe. It bypasses the
/// ADO.NET classes, which prepare each statement again.
/// </summary>
internal sealed partial class SqliteSession : StoreSession
{
    private const int BusyMilliseconds = 30_000;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _db;
    private int _changesBefore;
    private readonly Dictionary<string, PreparedStatement> _prepared = [];

    /// <summary>The same by reference: a constant is always the same object, and comparing long texts is slow.</summary>
    private readonly Dictionary<string, PreparedStatement> _constants = new(new ByIdentity());

    /// <summary>Takes ownership of an open connection.</summary>
    public SqliteSession(SqliteConnection connection)
    {
        _connection = connection;
        _db = connection.Handle!;
        raw.sqlite3_busy_timeout(_db, BusyMilliseconds);
    }

    /// <inheritdoc/>
    public override bool IsBroken => false;

    /// <inheritdoc/>
    public override int Execute(string sql, params ReadOnlySpan<object?> parameters)
    {
        var prepared = Bind(sql, parameters);
        try
        {
            while (Step(prepared))
            {
                // Discard the rows of PRAGMA or RETURNING.
            }

            return raw.sqlite3_changes(_db);
        }
        finally
        {
            Reset(prepared);
        }
    }

    /// <inheritdoc/>
    public override long Insert(string sql, params ReadOnlySpan<object?> parameters)
    {
        Execute(sql, parameters);
        return raw.sqlite3_last_insert_rowid(_db);
    }

    /// <inheritdoc/>
    public override T? First<T>(string sql, Func<StoreRow, T> read, params ReadOnlySpan<object?> parameters) where T : default
    {
        var prepared = Bind(sql, parameters);
        try
        {
            return Step(prepared) ? read(prepared.Row) : default;
        }
        finally
        {
            Reset(prepared);
        }
    }

    /// <inheritdoc/>
    public override List<T> All<T>(string sql, Func<StoreRow, T> read, params ReadOnlySpan<object?> parameters)
    {
        var prepared = Bind(sql, parameters);
        try
        {
            var rows = new List<T>();
            while (Step(prepared)) rows.Add(read(prepared.Row));
            return rows;
        }
        finally
        {
            Reset(prepared);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="DatabaseMovedException">The file is not where it was; what would be written is lost when the server ends.</exception>
    public override void BeginWrite()
    {
        if (DatabaseFile.HasMoved(_db)) throw new DatabaseMovedException();
        Execute("BEGIN IMMEDIATE");
        _changesBefore = raw.sqlite3_total_changes(_db);
    }

    /// <inheritdoc/>
    public override bool HasWritten => raw.sqlite3_total_changes(_db) != _changesBefore;

    /// <inheritdoc/>
    public override void BeginRead() => Execute("BEGIN");

    /// <inheritdoc/>
    public override void Commit() => Execute("COMMIT");

    /// <inheritdoc/>
    public override void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_db) == 0) Execute("ROLLBACK");
    }

    /// <inheritdoc/>
    public override void BeginOperation() => Execute("SAVEPOINT operation");

    /// <inheritdoc/>
    public override void EndOperation() => Execute("RELEASE operation");

    /// <inheritdoc/>
    public override void UndoOperation()
    {
        Execute("ROLLBACK TO operation");
        Execute("RELEASE operation");
    }

    /// <inheritdoc/>
    public override bool EndsTransaction(Exception error) => SqliteErrors.IsDiskFailure(error);

    /// <inheritdoc/>
    public override void ReleaseMemory() => Execute("PRAGMA shrink_memory");

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var prepared in _prepared.Values) prepared.Statement.Dispose();
        _prepared.Clear();
        _constants.Clear();
        _connection.Dispose();
    }

    /// <inheritdoc/>
    internal override StoreCursor Open(string sql, SessionParameterList parameters)
    {
        var prepared = Find(sql);
        StatementsRun++;
        for (var i = 0; i < prepared.ParameterNames.Length; i++)
        {
            var name = prepared.ParameterNames[i];
            var parameter = parameters.Find(name) ?? throw new ArgumentException($"the statement needs a parameter \"{name}\"");
            Bind(prepared.Statement, i + 1, parameter.Value is DBNull ? null : parameter.Value);
        }

        return new SqliteCursor(this, prepared);
    }

    /// <summary>Moves to the next row; false if there is none.</summary>
    /// <exception cref="SqliteException">The statement failed; its changes are undone.</exception>
    internal bool Step(PreparedStatement prepared)
    {
        var result = raw.sqlite3_step(prepared.Statement);
        if (result is not raw.SQLITE_ROW and not raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, _db);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Resets a statement for its next run.</summary>
    internal static void Reset(PreparedStatement prepared) => raw.sqlite3_reset(prepared.Statement);

    /// <summary>Number of rows changed by the last completed statement.</summary>
    internal int Changes => raw.sqlite3_changes(_db);

    private PreparedStatement Bind(string sql, ReadOnlySpan<object?> parameters)
    {
        var prepared = Find(sql);
        StatementsRun++;
        var numbers = prepared.ParameterNumbers;
        for (var i = 0; i < numbers.Length; i++) Bind(prepared.Statement, i + 1, parameters[numbers[i] - 1]);
        return prepared;
    }

    private PreparedStatement Find(string sql)
    {
        if (_constants.TryGetValue(sql, out var known)) return known;
        if (!_prepared.TryGetValue(sql, out var prepared)) _prepared.Add(sql, prepared = Prepare(sql));
        if (ReferenceEquals(string.IsInterned(sql), sql)) _constants.Add(sql, prepared);
        return prepared;
    }

    private PreparedStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_db, Limit().Replace(sql, "$0 + 0"), raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return new PreparedStatement(statement);
    }

    // SQLite plans with the value of a parameter that is a limit, and so prepares the statement again each time it is bound; not for an expression.
    [GeneratedRegex(@"\b(?:LIMIT|OFFSET)\s+[$@]\w+\b")]
    private static partial Regex Limit();

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
        _ => throw new ArgumentException($"values of type {value.GetType()} cannot be stored"),
    });

    private static int Bind(sqlite3_stmt statement, int index, Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return raw.sqlite3_bind_blob(statement, index, bytes);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, _db);
    }

    private sealed class ByIdentity : IEqualityComparer<string>
    {
        public bool Equals(string? a, string? b) => ReferenceEquals(a, b);

        public int GetHashCode(string text) => RuntimeHelpers.GetHashCode(text);
    }
}
