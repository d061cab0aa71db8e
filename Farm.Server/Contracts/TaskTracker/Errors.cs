using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Endpoints;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.TaskTracker;

/// <summary>Rejects a request with a status of this protocol, sometimes 200 (Contracts/TaskTracker/Contract.md section 1).</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One sentence.</param>
/// <param name="delay">The <c>rate_limit_delay</c>: after this time a retry may work.</param>
internal sealed class TrackerException(int status, string message, TimeSpan? delay = null) : ProtocolException(status, message, delay)
{
    /// <summary>Nothing was done, although the request is valid: 200.</summary>
    public static TrackerException NotDone(string message) => new(StatusCodes.Status200OK, message);

    /// <summary>The request is invalid: 400.</summary>
    public static TrackerException Invalid(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>The caller is not authenticated: 401.</summary>
    public static TrackerException Unknown(string message) => new(StatusCodes.Status401Unauthorized, message);

    /// <summary>The caller is not allowed: 403.</summary>
    public static TrackerException Forbidden(string message) => new(StatusCodes.Status403Forbidden, message);

    /// <summary>A sign-in failed, which the audit has already: 403.</summary>
    public static TrackerException WrongPassword() => new(StatusCodes.Status403Forbidden, "wrong username or password") { IsAudited = true };

    /// <summary>Something in the request does not exist: 404.</summary>
    public static TrackerException NotFound(string message) => new(StatusCodes.Status404NotFound, message);
}

/// <summary>Writes errors as the envelope with <c>ok</c> false and a message (Contracts/TaskTracker/Contract.md section 1).</summary>
internal sealed class TrackerErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError error) => context.RespondErrorAsync(error.Status, error.Message, error.RetryAfter);

    /// <summary>Turns the expected exceptions of a handler into error responses; the host handles the others.</summary>
    public static RequestDelegate Wrap(RequestDelegate handler) => ErrorMapping.Wrap(handler, Status);

    private static int Status(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.Exhausted => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };
}
