using System.Data;
using System.Diagnostics.CodeAnalysis;

namespace Farm.Server.Store.Engine.AdoNet;

/// <summary>Presents a session to Dapper as a connection that is always open; statements run in the session's transaction.</summary>
internal sealed class SessionConnection(StoreSession session) : IDbConnection
{
    static SessionConnection() => RecordMap.SetUp();

    /// <summary>The same for all sessions, so that they share Dapper's compiled mappers.</summary>
    [AllowNull]
    public string ConnectionString
    {
        get => "";
        set => throw new NotSupportedException("a session belongs to one database");
    }

    /// <inheritdoc/>
    public int ConnectionTimeout => 0;

    /// <inheritdoc/>
    public string Database => "main";

    /// <inheritdoc/>
    public ConnectionState State => ConnectionState.Open;

    /// <inheritdoc/>
    public IDbCommand CreateCommand() => new SessionCommand(session, this);

    /// <inheritdoc/>
    public IDbTransaction BeginTransaction() => throw new NotSupportedException("the store manages transactions");

    /// <inheritdoc/>
    public IDbTransaction BeginTransaction(IsolationLevel il) => BeginTransaction();

    /// <inheritdoc/>
    public void ChangeDatabase(string databaseName) => throw new NotSupportedException("a session belongs to one database");

    /// <inheritdoc/>
    public void Open()
    {
    }

    /// <inheritdoc/>
    public void Close()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
