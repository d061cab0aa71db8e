using System.Data;
using System.Diagnostics.CodeAnalysis;

namespace Farm.Server.Store.Engine.AdoNet;

/// <summary>A statement run by Dapper: only text and parameters. The session caches the prepared statement.</summary>
internal sealed class SessionCommand(StoreSession session, SessionConnection connection) : IDbCommand
{
    private readonly SessionParameterList _parameters = [];

    /// <inheritdoc/>
    [AllowNull]
    public string CommandText { get; set; } = "";

    /// <inheritdoc/>
    public int CommandTimeout { get; set; }

    /// <inheritdoc/>
    public CommandType CommandType { get; set; } = CommandType.Text;

    /// <inheritdoc/>
    public IDbConnection? Connection
    {
        get => connection;
        set => throw new NotSupportedException("a command belongs to one session");
    }

    /// <inheritdoc/>
    public IDataParameterCollection Parameters => _parameters;

    /// <summary>Ignored: commands run in the session's transaction.</summary>
    public IDbTransaction? Transaction { get; set; }

    /// <inheritdoc/>
    public UpdateRowSource UpdatedRowSource { get; set; }

    /// <inheritdoc/>
    public IDbDataParameter CreateParameter() => new SessionParameter();

    /// <inheritdoc/>
    public int ExecuteNonQuery()
    {
        using var reader = Open();
        while (reader.Read())
        {
            // Discard the rows of RETURNING.
        }

        return reader.RecordsAffected;
    }

    /// <inheritdoc/>
    public object? ExecuteScalar()
    {
        using var reader = Open();
        return reader.Read() ? reader.GetValue(0) : null;
    }

    /// <inheritdoc/>
    public IDataReader ExecuteReader() => Open();

    /// <inheritdoc/>
    public IDataReader ExecuteReader(CommandBehavior behavior) => Open();

    /// <inheritdoc/>
    public void Prepare()
    {
    }

    /// <inheritdoc/>
    public void Cancel()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private SessionReader Open() => new(session.Open(CommandText, _parameters));
}
