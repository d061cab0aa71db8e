namespace Farm.Server.CommandLine;

/// <summary>A command failed. The message is one sentence for the person who ran it.</summary>
internal sealed class CommandFailedException(string message, Exception? cause = null) : Exception(message, cause);
