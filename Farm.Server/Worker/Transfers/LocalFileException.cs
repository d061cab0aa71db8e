namespace Farm.Server.Worker.Transfers;

/// <summary>A local file cannot be read or written. Not retried.</summary>
internal sealed class LocalFileException(Exception cause) : IOException(cause.Message, cause);
