namespace Farm.Server.Domain;

/// <summary>Why an operation was rejected. Each contract maps it to its own status and body.</summary>
internal enum ErrorKind
{
    /// <summary>The requested object does not exist.</summary>
    NotFound,

    /// <summary>The request is never valid: a value is missing, malformed or out of range.</summary>
    Invalid,

    /// <summary>The request is valid, but not in the current state.</summary>
    Conflict,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>A precondition of the request is not met (an old etag, a worker that cannot restart).</summary>
    PreconditionFailed,

    /// <summary>A limit is reached for now; retrying later helps.</summary>
    Exhausted,

    /// <summary>The request is larger than the limit; retrying does not help.</summary>
    TooLarge,

    /// <summary>The store cannot be written (full or failing disk); nothing was changed.</summary>
    Unavailable,
}

/// <summary>An operation was rejected and nothing was changed. The message is for the client.</summary>
internal class FarmException(ErrorKind kind, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The kind of error.</summary>
    public ErrorKind Kind { get; } = kind;

    /// <summary>Whether the audit has it already.</summary>
    public bool IsAudited { get; set; }

    /// <summary>The requested object does not exist.</summary>
    public static FarmException NotFound(string message) => new(ErrorKind.NotFound, message);

    /// <summary>The request is never valid.</summary>
    public static FarmException Invalid(string message) => new(ErrorKind.Invalid, message);

    /// <summary>The request is not valid in the current state.</summary>
    public static FarmException Conflict(string message) => new(ErrorKind.Conflict, message);

    /// <summary>A precondition of the request is not met.</summary>
    public static FarmException Precondition(string message) => new(ErrorKind.PreconditionFailed, message);
}
