namespace Farm.Server.Worker.Protocol;

/// <summary>A file of this machine cannot be read or written, which is not the manager's doing: trying again does not help.</summary>
internal sealed class LocalFileException(Exception cause) : IOException(cause.Message, cause);
