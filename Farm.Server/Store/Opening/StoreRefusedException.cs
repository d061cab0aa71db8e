namespace Farm.Server.Store.Opening;

/// <summary>The store cannot be opened. The message is one plain sentence that says why and what to do.</summary>
internal sealed class StoreRefusedException(string message, Exception? cause = null) : Exception(message, cause);
