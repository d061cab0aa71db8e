using System.Data;
using Farm.Server.Store.Engine.AdoNet;
using Npgsql;
using NpgsqlTypes;

namespace Farm.Server.Store.Engine.Postgres;

/// <summary>
/// A connection to PostgreSQL. Npgsql sends what begins a transaction or a savepoint together with the statement that follows, and prepares
/// statements that repeat. Statements are never batched: Npgsql sends a batch from the thread pool even if it is called synchronously, and so
/// stops when all threads of the pool wait for the database.
/// </summary>
/// <param name="connection">An open connection, which the session owns.</param>
/// <param name="schema">The schema that holds the tables.</param>
/// <param name="isWriter">Whether it is the one that writes.</param>
internal sealed class PostgresSession(NpgsqlConnection connection, string schema, bool isWriter) : StoreSession
{
    private const int MaxDepth = 32;

    private static readonly string[] Savepoints = [.. Enumerable.Range(0, MaxDepth).Select(depth => $"operation_{depth}")];

    private readonly string _lock = new PostgresLocks(schema).Write;

    private readonly Dictionary<string, PostgresSql> _translated = [];
    private readonly LaterStatements _later = new();
    private NpgsqlTransaction? _transaction;
    private int _depth;

    /// <inheritdoc/>
    public override bool IsBroken => connection.State != ConnectionState.Open;

    /// <inheritdoc/>
    public override int Execute(string sql, params ReadOnlySpan<object?> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override void Later(string sql, params ReadOnlySpan<object?> parameters)
    {
        var translated = Translate(sql);
        if (_later.Any && !_later.Accepts(translated)) RunLater();
        if (_later.Accepts(translated)) _later.Add(translated, Values(translated, parameters));
        else Execute(sql, parameters);
    }

    /// <inheritdoc/>
    public override long Insert(string sql, params ReadOnlySpan<object?> parameters) => Number(sql + " RETURNING id", parameters);

    /// <inheritdoc/>
    public override T? First<T>(string sql, Func<StoreRow, T> read, params ReadOnlySpan<object?> parameters)
        where T : default
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(new PostgresRow(reader)) : default;
    }

    /// <inheritdoc/>
    public override List<T> All<T>(string sql, Func<StoreRow, T> read, params ReadOnlySpan<object?> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var (rows, row) = (new List<T>(), new PostgresRow(reader));
        while (reader.Read()) rows.Add(read(row));
        return rows;
    }

    /// <summary>
    /// Begins a transaction that writes, as soon as no other manager writes. A lost connection is noticed here, before an operation runs.
    /// </summary>
    public override void BeginWrite()
    {
        _transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        _depth = 0;
        Execute(_lock);
    }

    /// <inheritdoc/>
    public override void BeginRead() => _transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);

    /// <inheritdoc/>
    public override void Commit()
    {
        RunLater();
        StatementsRun++;
        var transaction = _transaction!;
        // A commit that fails ends it too, and one that has ended cannot be rolled back.
        _transaction = null;
        transaction.Commit();
    }

    /// <inheritdoc/>
    public override void Rollback()
    {
        _later.Clear();
        if (!IsBroken) _transaction?.Rollback();
        _transaction = null;
    }

    /// <inheritdoc/>
    public override void Notify(string message) => Execute("SELECT pg_notify($1, $2)", schema, message);

    /// <summary>Begins an operation with a savepoint, inside that of the operation before. It is sent with the next statement.</summary>
    public override void BeginOperation() => _transaction!.Save(Savepoints[_depth]);

    /// <summary>Ends an operation. Its savepoint ends with others later, because that is a message and its answer.</summary>
    public override void EndOperation()
    {
        RunLater();
        if (++_depth < MaxDepth) return;
        _transaction!.Release(Savepoints[0]);
        _depth = 0;
    }

    /// <inheritdoc/>
    public override void UndoOperation()
    {
        _later.Clear();
        _transaction!.Rollback(Savepoints[_depth]);
        EndOperation();
    }

    /// <inheritdoc/>
    public override bool EndsTransaction(Exception error) => PostgresErrors.EndsTransaction(error);

    /// <summary>Closes the connection. That of the writer holds locks.</summary>
    public override void Dispose()
    {
        if (isWriter) PostgresLocks.Close(connection);
        else connection.Dispose();
    }

    /// <inheritdoc/>
    internal override StoreCursor Open(string sql, SessionParameterList parameters)
    {
        RunLater();
        var translated = Translate(sql);
        var command = new NpgsqlCommand(translated.Text, connection);
        foreach (var name in translated.Parameters)
        {
            var parameter = parameters.Find(name) ?? throw new ArgumentException($"the statement needs a parameter \"{name}\"");
            command.Parameters.Add(Parameter(parameter.Value));
        }

        return new PostgresCursor(command.ExecuteReader());
    }

    private NpgsqlCommand Command(string sql, ReadOnlySpan<object?> parameters)
    {
        var translated = Translate(sql);
        var values = Values(translated, parameters);
        if (_later.Any && !_later.Accepts(translated)) RunLater();
        return _later.With(translated, values, connection);
    }

    private void RunLater()
    {
        if (!_later.Any) return;
        using var command = _later.All(connection);
        command.ExecuteNonQuery();
    }

    private static NpgsqlParameter[] Values(PostgresSql translated, ReadOnlySpan<object?> parameters)
    {
        var values = new NpgsqlParameter[translated.Numbers.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Parameter(parameters[translated.Numbers[i] - 1]);
        return values;
    }

    private PostgresSql Translate(string sql)
    {
        StatementsRun++;
        if (!_translated.TryGetValue(sql, out var translated)) _translated.Add(sql, translated = PostgresSql.Of(sql));
        return translated;
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null or DBNull => new NpgsqlParameter { Value = DBNull.Value },
        long number => Integer(number),
        int number => Integer(number),
        bool flag => Integer(flag ? 1 : 0),
        Enum other => Integer(Convert.ToInt64(other)),
        string text => new NpgsqlParameter<string> { TypedValue = PostgresText.Encode(text), NpgsqlDbType = NpgsqlDbType.Text },
        Guid uuid => Bytes(uuid.ToByteArray(bigEndian: true)),
        byte[] bytes => Bytes(bytes),
        double number => new NpgsqlParameter<double> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Double },
        _ => throw new ArgumentException($"a {value.GetType()} cannot be stored"),
    };

    private static NpgsqlParameter Integer(long number) => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static NpgsqlParameter Bytes(byte[] bytes) => new NpgsqlParameter<byte[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea };
}
