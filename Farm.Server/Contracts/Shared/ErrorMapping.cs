using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Shared;

/// <summary>Maps exceptions to HTTP errors, for all protocols.</summary>
internal static class ErrorMapping
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Turns the expected exceptions of a handler into error responses; the host handles the others.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="status">The protocol's HTTP status for each kind of error.</param>
    public static RequestDelegate Wrap(RequestDelegate handler, Func<ErrorKind, int> status) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (Exception error) when (!context.Response.HasStarted && Translate(error, status) is { } httpError)
        {
            ClearContentHeaders(context.Response);
            await context.WriteErrorAsync(httpError);
        }
    };

    /// <summary>The HTTP error for an exception; null for an unexpected one.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="status">The protocol's HTTP status for each kind of error.</param>
    public static HttpError? Translate(Exception error, Func<ErrorKind, int> status) => error switch
    {
        ProtocolException refused => new(refused.Status, refused.Message, refused.RetryAfter) { IsAudited = refused.IsAudited },
        FarmException farm => Of(status(farm.Kind), farm.Message) with { IsAudited = farm.IsAudited },
        StorageFullException full => Of(status(ErrorKind.Unavailable), full.Message),
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        _ => null,
    };

    /// <summary>The usual HTTP status for a kind of error.</summary>
    public static int UsualStatus(ErrorKind kind) => kind switch
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

    /// <summary>Removes headers that describe a file which could not be sent.</summary>
    private static void ClearContentHeaders(HttpResponse response)
    {
        response.ContentLength = null;
        foreach (var header in (string[])["Content-Disposition", "Content-Range", "Accept-Ranges", "ETag", "Last-Modified", "Repr-Digest"])
            response.Headers.Remove(header);
    }

    private static HttpError Of(int status, string message) =>
        new(status, message, status == StatusCodes.Status503ServiceUnavailable ? RetryDelay : null);
}
