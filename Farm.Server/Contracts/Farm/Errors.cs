using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Farm;

/// <summary>How this protocol says no: <c>{"error": "one plain sentence"}</c> with every status.</summary>
internal sealed class FarmErrors : IRequestRefusal
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Task WriteAsync(HttpContext context, Shared.Refusal refusal) =>
        context.Response.WriteAsJsonAsync(new ErrorMessage(refusal.Message), FarmJson.Default.ErrorMessage);

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    public static RequestDelegate Around(RequestDelegate handler) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (Exception error) when (!context.Response.HasStarted && Translate(error) is not null)
        {
            context.Response.Clear();
            await context.RefuseAsync(Translate(error)!);
        }
    };

    private static Shared.Refusal? Translate(Exception error) => error switch
    {
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
