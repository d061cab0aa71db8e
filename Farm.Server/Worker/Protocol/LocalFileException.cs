namespace Farm.Server.Worker.Protocol;

/// <summary>A local file cannot be read or written. Not retried.</summary>
internal sealed class LocalFileException(Exception cause) : IOException(cause.Message, cause);
