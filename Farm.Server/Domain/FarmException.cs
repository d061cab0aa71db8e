namespace Farm.Server.Domain;

/// <summary>Why an operation was refused. A contract turns it into a status and a body of its own protocol.</summary>
internal enum ErrorKind
{
    /// <summary>The thing named in the call does not exist.</summary>
    NotFound,

    /// <summary>The request makes no sense by itself: a value is missing, malformed or out of range.</summary>
    Invalid,

    /// <summary>The request makes sense, but not in the state that things are in.</summary>
    Conflict,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>Something the caller said about the present state no longer holds (an old etag, a worker that cannot restart).</summary>
    PreconditionFailed,

    /// <summary>The farm has no room for this right now; trying again later helps.</summary>
    Exhausted,

    /// <summary>What was sent is larger than the farm takes, now or later.</summary>
    TooLarge,

    /// <summary>The store cannot take a write right now (a full or failing disk); nothing was changed.</summary>
    Unavailable,
}

/// <summary>A refusal by an operation. Nothing was changed. The message is one plain sentence for the client.</summary>
internal class FarmException(ErrorKind kind, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The kind of refusal.</summary>
    public ErrorKind Kind { get; } = kind;

    /// <summary>The thing named in the call does not exist.</summary>
    public static FarmException NotFound(string message) => new(ErrorKind.NotFound, message);

    /// <summary>The request makes no sense by itself.</summary>
    public static FarmException Invalid(string message) => new(ErrorKind.Invalid, message);

    /// <summary>The request does not fit the present state.</summary>
    public static FarmException Conflict(string message) => new(ErrorKind.Conflict, message);

    /// <summary>Something the caller said about the present state no longer holds.</summary>
    public static FarmException Precondition(string message) => new(ErrorKind.PreconditionFailed, message);
}
