namespace Farm.Server.Store.Engine;

/// <summary>Read-only access to the store for protocols and pages; all changes go through operations.</summary>
internal interface IReadStore
{
    /// <inheritdoc cref="ReadPool.Read{T}"/>
    T Read<T>(Func<StoreSession, T> query);
}
