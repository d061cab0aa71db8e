using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.TaskTracker;

/// <summary>A refusal with a status of this protocol; several are 200 (contracts/task_tracker.md section 1).</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">One sentence.</param>
/// <param name="delay">For <c>rate_limit_delay</c>: after this time it may work.</param>
internal sealed class TrackerRefusal(int status, string message, TimeSpan? delay = null) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>After this time it may work; null when time does not matter.</summary>
    public TimeSpan? Delay { get; } = delay;

    /// <summary>What was asked for did not happen, although nothing is wrong with the request: 200.</summary>
    public static TrackerRefusal NotDone(string message) => new(StatusCodes.Status200OK, message);

    /// <summary>The request makes no sense: 400.</summary>
    public static TrackerRefusal Invalid(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>Who asks is not known: 401.</summary>
    public static TrackerRefusal Unknown(string message) => new(StatusCodes.Status401Unauthorized, message);

    /// <summary>Who asks may not: 403.</summary>
    public static TrackerRefusal Forbidden(string message) => new(StatusCodes.Status403Forbidden, message);

    /// <summary>What the request speaks of does not exist: 404.</summary>
    public static TrackerRefusal NotFound(string message) => new(StatusCodes.Status404NotFound, message);
}

/// <summary>How this protocol says no: the envelope with <c>ok</c> false and a message (contracts/task_tracker.md section 1).</summary>
internal sealed class TrackerErrors : IRequestRefusal
{
    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, Shared.Refusal refusal) => context.AnswerRefusal(refusal.Status, refusal.Message, refusal.RetryAfter);

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    public static RequestDelegate Around(RequestDelegate handler) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (Exception error) when (!context.Response.HasStarted && Translate(error) is not null)
        {
            await context.RefuseAsync(Translate(error)!);
        }
    };

    private static Shared.Refusal? Translate(Exception error) => error switch
    {
        TrackerRefusal refusal => new(refusal.Status, refusal.Message, refusal.Delay),
        FarmError farm => new(Status(farm.Refusal), farm.Message),
        StorageFullException full => new(StatusCodes.Status500InternalServerError, full.Message),
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        _ => null,
    };

    private static int Status(Domain.Refusal refusal) => refusal switch
    {
        Domain.Refusal.NotFound => StatusCodes.Status404NotFound,
        Domain.Refusal.Forbidden => StatusCodes.Status403Forbidden,
        Domain.Refusal.Exhausted => StatusCodes.Status429TooManyRequests,
        Domain.Refusal.Unavailable => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };
}
