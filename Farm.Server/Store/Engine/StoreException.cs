namespace Farm.Server.Store.Engine;

/// <summary>The store cannot be opened. The message says why and what to do.</summary>
internal sealed class StoreException(string message, Exception? cause = null) : Exception(message, cause);
