using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Engine;

/// <summary>The store for those who only look: protocols and pages read views through it and change nothing past the operations.</summary>
internal interface IReadStore
{
    /// <inheritdoc cref="ReadPool.Read{T}"/>
    T Read<T>(Func<SqliteSession, T> query);
}
