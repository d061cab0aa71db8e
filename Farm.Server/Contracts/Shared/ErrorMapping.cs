using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Shared;

/// <summary>From exceptions to refusals: what all protocols do in the same way.</summary>
internal static class ErrorMapping
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    /// <summary>Turns the refusals of a handler into answers. What nobody expected is left to the host.</summary>
    /// <param name="handler">Answers requests.</param>
    /// <param name="status">The status that a protocol has for a refusal of an operation.</param>
    public static RequestDelegate Around(RequestDelegate handler, Func<ErrorKind, int> status) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (Exception error) when (!context.Response.HasStarted && Translate(error, status) is { } refusal)
        {
            ForgetContent(context.Response);
            await context.WriteErrorAsync(refusal);
        }
    };

    /// <summary>What an exception means for the client; null for one that nobody expected.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="status">The status that a protocol has for a refusal of an operation.</param>
    public static HttpError? Translate(Exception error, Func<ErrorKind, int> status) => error switch
    {
        ProtocolException refused => new(refused.Status, refused.Message, refused.RetryAfter),
        FarmException farm => Of(status(farm.Kind), farm.Message),
        StorageFullException full => Of(status(ErrorKind.Unavailable), full.Message),
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        _ => null,
    };

    /// <summary>The statuses of protocols that have no other use for them.</summary>
    public static int UsualStatus(ErrorKind refusal) => refusal switch
    {
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        ErrorKind.Exhausted => StatusCodes.Status429TooManyRequests,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>A file that could not be sent after all has left its description behind.</summary>
    private static void ForgetContent(HttpResponse response)
    {
        response.ContentLength = null;
        foreach (var header in (string[])["Content-Disposition", "Content-Range", "Accept-Ranges", "ETag", "Last-Modified", "Repr-Digest"])
            response.Headers.Remove(header);
    }

    private static HttpError Of(int status, string message) =>
        new(status, message, status == StatusCodes.Status503ServiceUnavailable ? TryAgain : null);
}
