namespace Farm.Server.CommandLine;

/// <summary>A verb cannot do what it was asked to. The message is one plain sentence.</summary>
internal sealed class CommandFailedException(string message, Exception? cause = null) : Exception(message, cause);
