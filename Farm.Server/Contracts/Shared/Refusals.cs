using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Shared;

/// <summary>From exceptions to refusals: what all protocols do in the same way.</summary>
internal static class Refusals
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    /// <param name="handler">Answers requests.</param>
    /// <param name="status">The status that a protocol has for a refusal of an operation.</param>
    public static RequestDelegate Around(RequestDelegate handler, Func<Refusal, int> status) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (Exception error) when (!context.Response.HasStarted && Translate(error, status) is { } refusal)
        {
            ForgetContent(context.Response);
            await context.RefuseAsync(refusal);
        }
    };

    /// <summary>What an exception means for the client; null for one that nobody expected.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="status">The status that a protocol has for a refusal of an operation.</param>
    public static HttpRefusal? Translate(Exception error, Func<Refusal, int> status) => error switch
    {
        RefusedException refused => new(refused.Status, refused.Message, refused.RetryAfter),
        FarmError farm => Of(status(farm.Refusal), farm.Message),
        StorageFullException full => Of(status(Refusal.Unavailable), full.Message),
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        _ => null,
    };

    /// <summary>The statuses of protocols that have no other use for them.</summary>
    public static int UsualStatus(Refusal refusal) => refusal switch
    {
        Refusal.NotFound => StatusCodes.Status404NotFound,
        Refusal.Conflict => StatusCodes.Status409Conflict,
        Refusal.Forbidden => StatusCodes.Status403Forbidden,
        Refusal.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        Refusal.Exhausted => StatusCodes.Status429TooManyRequests,
        Refusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        Refusal.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>A file that could not be sent after all has left its description behind.</summary>
    private static void ForgetContent(HttpResponse response)
    {
        response.ContentLength = null;
        foreach (var header in (string[])["Content-Disposition", "Content-Range", "Accept-Ranges", "ETag", "Last-Modified", "Repr-Digest"])
            response.Headers.Remove(header);
    }

    private static HttpRefusal Of(int status, string message) =>
        new(status, message, status == StatusCodes.Status503ServiceUnavailable ? TryAgain : null);
}
