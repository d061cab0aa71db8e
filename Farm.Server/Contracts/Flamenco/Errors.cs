using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Flamenco;

/// <summary>A refusal with a status of this protocol. The message is one sentence for the client.</summary>
internal sealed class FlamencoRefusal(int status, string message) : Exception(message), IMalformedRequest
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The request does not have the form that the protocol asks for (contracts/flamenco.md section 1.3).</summary>
    public static FlamencoRefusal Malformed(string message) => new(StatusCodes.Status400BadRequest, message) { IsMalformed = true };

    /// <summary>Whether the request never got as far as an operation.</summary>
    public bool IsMalformed { get; private init; }
}

/// <summary>How this protocol says no: <c>{"code", "message"}</c> with every status (contracts/flamenco.md section 1.2).</summary>
internal sealed class FlamencoErrors : IRequestRefusal
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, Shared.Refusal refusal) =>
        context.Answer(refusal.Status, new ErrorMessage(refusal.Status, refusal.Message), FlamencoJson.Default.ErrorMessage);

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
        FlamencoRefusal refusal => new(refusal.Status, refusal.Message),
        FarmError { Refusal: Domain.Refusal.Unavailable } => new(StatusCodes.Status503ServiceUnavailable, error.Message, TryAgain),
        FarmError farm => new(Status(farm.Refusal), farm.Message),
        StorageFullException => new(StatusCodes.Status503ServiceUnavailable, error.Message, TryAgain),
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        _ => null,
    };

    private static int Status(Domain.Refusal refusal) => refusal switch
    {
        Domain.Refusal.NotFound => StatusCodes.Status404NotFound,
        Domain.Refusal.Conflict => StatusCodes.Status409Conflict,
        Domain.Refusal.Forbidden => StatusCodes.Status403Forbidden,
        Domain.Refusal.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        Domain.Refusal.Exhausted => StatusCodes.Status429TooManyRequests,
        Domain.Refusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        _ => StatusCodes.Status400BadRequest,
    };
}
