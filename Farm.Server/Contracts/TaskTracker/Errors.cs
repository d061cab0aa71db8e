using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Endpoints;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.TaskTracker;

/// <summary>A refusal with a status of this protocol; several are 200 (Contracts/TaskTracker/Contract.md section 1).</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One sentence.</param>
/// <param name="delay">For <c>rate_limit_delay</c>: after this time it may work.</param>
internal sealed class TrackerException(int status, string message, TimeSpan? delay = null) : ProtocolException(status, message, delay)
{
    /// <summary>What was asked for did not happen, although nothing is wrong with the request: 200.</summary>
    public static TrackerException NotDone(string message) => new(StatusCodes.Status200OK, message);

    /// <summary>The request makes no sense: 400.</summary>
    public static TrackerException Invalid(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>Who asks is not known: 401.</summary>
    public static TrackerException Unknown(string message) => new(StatusCodes.Status401Unauthorized, message);

    /// <summary>Who asks may not: 403.</summary>
    public static TrackerException Forbidden(string message) => new(StatusCodes.Status403Forbidden, message);

    /// <summary>What the request speaks of does not exist: 404.</summary>
    public static TrackerException NotFound(string message) => new(StatusCodes.Status404NotFound, message);
}

/// <summary>How this protocol says no: the envelope with <c>ok</c> false and a message (Contracts/TaskTracker/Contract.md section 1).</summary>
internal sealed class TrackerErrors : IHttpErrorWriter
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, HttpError refusal) => context.AnswerErrorAsync(refusal.Status, refusal.Message, refusal.RetryAfter);

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    public static RequestDelegate Around(RequestDelegate handler) => ErrorMapping.Around(handler, Status);

    private static int Status(ErrorKind refusal) => refusal switch
    {
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.Exhausted => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };
}
